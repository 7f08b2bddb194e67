import type { DocumentBlock, ImageBlock } from '@claudex/sdk';
import { documentHeading, documentName, imageAddress } from '@claudex/sdk/codec';
import type { GeminiFileData } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { text, type SaidPart } from './parts.ts';

/** Pictures that are taken (Google's documentation of image understanding, 2026). */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif']);

/** Documents that are taken as files: PDF, and everything that is text. */
const DOCUMENTS = /^(?:application\/pdf|text\/[\w.+-]+)$/;

/** Addresses that Google itself can read: its file store and, at Vertex, its buckets. Others need not be legal. */
const OWN_ADDRESS = /^(?:gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/)/;

/** Buckets do not say of what type a file is, so the end of its name has to. */
const TYPE_OF_ENDING: { readonly [ending: string]: string } = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

/** Turns a picture into a part, or into a note that it was left out. */
export function encodeImage(block: ImageBlock, path: string, { losses, context }: Encoding): SaidPart {
  const { source } = block;
  const file = source.type === 'url' && context.quirks.imageUrls !== false ? fileAt(source.url) : undefined;
  const image = imageAddress(block, context.quirks.images !== false, path, losses, file !== undefined);
  if ('note' in image) return text(image.note);
  if (source.type !== 'base64') return { fileData: file ?? { fileUri: image.url } };
  const mimeType = source.media_type.toLowerCase();
  if (PICTURES.has(mimeType)) return { inlineData: { mimeType, data: source.data } };
  losses.dropped(path, 'image', 'This provider does not take pictures of this type.');
  return text(`[An image was left out here: this provider does not take the type ${mimeType}.]`);
}

/** Turns a document that is a file, such as a PDF, into parts. A heading says what a file has no field for. */
export function encodeFile(block: DocumentBlock, path: string, encoding: Encoding): SaidPart[] {
  const file = filePart(block, path, encoding);
  if ('text' in file || (block.title === undefined && block.context === undefined)) return [file];
  return [text(documentHeading(block)), file];
}

function filePart(block: DocumentBlock, path: string, { losses, context }: Encoding): SaidPart {
  const { source } = block;
  const isTaken = context.quirks.documents !== 'none';
  if (isTaken && source.type === 'base64' && DOCUMENTS.test(source.media_type))
    return { inlineData: { mimeType: source.media_type, data: source.data } };
  const file = isTaken && source.type === 'url' ? fileAt(source.url) : undefined;
  if (file !== undefined) return { fileData: file };
  losses.dropped(path, 'document', `A document given as "${source.type}" cannot be sent to this provider.`);
  const place = source.type === 'url' ? ` It stands at ${source.url}.` : '';
  return text(`[A ${documentName(block)} was left out here: this provider cannot be given it.${place}]`);
}

function fileAt(address: string): GeminiFileData | undefined {
  if (!OWN_ADDRESS.test(address)) return undefined;
  const ending = /\.(\w+)$/.exec(address)?.[1]?.toLowerCase() ?? '';
  const mimeType = Object.hasOwn(TYPE_OF_ENDING, ending) ? TYPE_OF_ENDING[ending] : undefined;
  return { fileUri: address, ...(mimeType !== undefined && { mimeType }) };
}
