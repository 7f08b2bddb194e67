import type { DocumentBlock } from '@claudex/sdk';
import { documentFileName, documentName } from '@claudex/sdk/codec';
import type { ChatPart } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

/**
 * Turns a document that is a file, such as a PDF, into what the provider takes, else into a note that names it.
 * An address is handed on only where the provider fetches it; the note then tells the model where the document is.
 */
export function encodeFile(block: DocumentBlock, path: string, encoding: Encoding): ChatPart {
  const { source, title } = block;
  const form = encoding.context.quirks.documents ?? 'none';
  if (source.type === 'base64' && form !== 'none') {
    const data = `data:${source.media_type};base64,${source.data}`;
    return form === 'file'
      ? { type: 'file', file: { filename: documentFileName(block, source.media_type), file_data: data } }
      : documentUrl(data, title);
  }
  if (source.type === 'url' && form === 'document_url') return documentUrl(source.url, title);
  encoding.losses.dropped(path, 'document', `A document given as "${source.type}" cannot be sent to this provider.`);
  const place = source.type === 'url' ? ` It stands at ${source.url}.` : '';
  return text(`[A ${documentName(block)} was left out here: this provider cannot be given it.${place}]`);
}

function documentUrl(url: string, title: string | undefined): ChatPart {
  return { type: 'document_url', document_url: url, ...(title !== undefined && { document_name: title }) };
}
