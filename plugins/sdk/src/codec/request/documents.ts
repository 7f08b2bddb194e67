import type { DocumentBlock } from '../../index.ts';

/** How files of these types end their names; other types are named by their second half. */
const EXTENSION_OF: { readonly [mediaType: string]: string } = { 'text/plain': 'txt' };

/** How a note calls a document. */
export function documentName({ title }: DocumentBlock): string {
  return title === undefined ? 'document' : `document "${title}"`;
}

/** Says that the content of a document follows, and what the client says about it. */
export function documentHeading(block: DocumentBlock): string {
  const about = block.context === undefined ? '' : ` ${block.context}`;
  return `[The following is a ${documentName(block)}.${about}]`;
}

/** The name of a file to send: OpenAI tells what a file is by the end of its name. */
export function documentFileName({ title }: DocumentBlock, mediaType: string): string {
  const extension = EXTENSION_OF[mediaType] ?? mediaType.slice(mediaType.indexOf('/') + 1);
  const stem = title === undefined || title === '' ? 'document' : title;
  return stem.toLowerCase().endsWith(`.${extension}`) ? stem : `${stem}.${extension}`;
}
