import type { DocumentBlock } from '@claudex/sdk';
import { documentFileName, documentHeading, documentName } from '@claudex/sdk/codec';
import type { ResponsesInputPart } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

/**
 * Turns a document that is a file, such as a PDF, into parts. A heading says what a file part has no field for.
 */
export function encodeFile(block: DocumentBlock, path: string, encoding: Encoding): ResponsesInputPart[] {
  const file = filePart(block, path, encoding);
  const isNamed = file.type !== 'input_file' || 'filename' in file || block.title === undefined;
  return block.context === undefined && isNamed ? [file] : [text(documentHeading(block)), file];
}

function filePart(block: DocumentBlock, path: string, encoding: Encoding): ResponsesInputPart {
  const { source } = block;
  if (encoding.context.quirks.documents === 'none') {
    encoding.losses.dropped(path, 'document', 'This provider takes only text documents.');
    return text(`[A ${documentName(block)} was left out here: this provider takes only text documents.]`);
  }
  if (source.type === 'url') return { type: 'input_file', file_url: source.url };
  if (source.type === 'base64') {
    const data = `data:${source.media_type};base64,${source.data}`;
    return { type: 'input_file', filename: documentFileName(block, source.media_type), file_data: data };
  }
  encoding.losses.dropped(path, 'document', `A document given as "${source.type}" cannot be sent to this provider.`);
  return text(`[A ${documentName(block)} was left out here: it is stored where this provider cannot read it.]`);
}
