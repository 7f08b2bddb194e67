import type { DocumentBlock } from '@claudex/sdk';
import type { ResponsesInputPart } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

const PDF = 'application/pdf';

/** How a file of this type ends its name; other types are named by their second half. */
const EXTENSION_OF: { readonly [mediaType: string]: string } = { [PDF]: 'pdf', 'text/plain': 'txt' };

/**
 * Turns a document that is a file, such as a PDF, into parts. A heading says what a file part has no field for.
 */
export function encodeFile(block: DocumentBlock, path: string, encoding: Encoding): ResponsesInputPart[] {
  const file = filePart(block, path, encoding);
  const isNamed = file.type !== 'input_file' || 'filename' in file || block.title === undefined;
  return block.context === undefined && isNamed ? [file] : [heading(block), file];
}

/** Says what follows. */
export function heading(block: DocumentBlock): ResponsesInputPart {
  return text(`[The following is a ${nameOf(block)}.${block.context === undefined ? '' : ` ${block.context}`}]`);
}

function filePart(block: DocumentBlock, path: string, encoding: Encoding): ResponsesInputPart {
  const { source } = block;
  if (encoding.context.quirks.documents === 'none') {
    encoding.losses.dropped(path, 'document', 'This provider takes only text documents.');
    return text(`[A ${nameOf(block)} was left out here: this provider takes only text documents.]`);
  }
  if (source.type === 'url') return { type: 'input_file', file_url: source.url };
  if (source.type === 'base64') {
    const data = `data:${source.media_type};base64,${source.data}`;
    return { type: 'input_file', filename: fileName(block.title, source.media_type), file_data: data };
  }
  encoding.losses.dropped(path, 'document', `A document given as "${source.type}" cannot be sent to this provider.`);
  return text(`[A ${nameOf(block)} was left out here: it is stored where this provider cannot read it.]`);
}

function nameOf({ title }: DocumentBlock): string {
  return title === undefined ? 'document' : `document "${title}"`;
}

/** The provider tells what a file is by the end of its name. */
function fileName(title: string | undefined, mediaType: string): string {
  const extension = EXTENSION_OF[mediaType] ?? mediaType.slice(mediaType.indexOf('/') + 1);
  const stem = title === undefined || title === '' ? 'document' : title;
  return stem.toLowerCase().endsWith(`.${extension}`) ? stem : `${stem}.${extension}`;
}
