import type { ContentBlock, DocumentBlock, ImageBlock } from '@claudex/sdk';
import { NOTES, documentHeading, foundToolNote, imageAddress, opaqueText, serverToolText } from '@claudex/sdk/codec';
import type { ChatPart } from '../wire.ts';
import { encodeFile } from './documents.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

/**
 * Turns one block of a user message or a tool result into parts. What the protocol cannot carry becomes a
 * note the model can read, so that it knows something was there, and a recorded loss.
 */
export function encodeBlock(block: ContentBlock, path: string, encoding: Encoding): ChatPart[] {
  noteExtension(block, path, encoding);
  const parts = partsOf(block, path, encoding);
  const last = parts.at(-1);
  const markable = last?.type === 'text' || last?.type === 'image_url' ? last : undefined;
  encoding.breakpoints.place(markable, block, path);
  return parts;
}

/** Records fields of a block that only another protocol understands. */
export function noteExtension(block: ContentBlock, path: string, { losses }: Encoding): void {
  if (block.ext === undefined) return;
  losses.once('dropped', path, 'block_extension', 'Extras of another protocol on a block have no counterpart here.');
}

/** Records citations, which no message of this protocol can hold. */
export function noteCitations(block: ContentBlock, path: string, { losses }: Encoding): void {
  if (block.type === 'text' && block.citations !== undefined)
    losses.dropped(`${path}.citations`, 'citations', 'Text carries no citations here.');
}

function partsOf(block: ContentBlock, path: string, encoding: Encoding): ChatPart[] {
  switch (block.type) {
    case 'text':
      noteCitations(block, path, encoding);
      return block.text === '' ? [] : [text(block.text)];
    case 'image':
      return [encodeImage(block, path, encoding)];
    case 'document':
      return encodeDocument(block, path, encoding);
    case 'tool_reference': {
      const name = encoding.names.toWire(block.tool_name);
      return [text(foundToolNote(name, !encoding.unusableTools.has(name)))];
    }
    case 'tool_result':
      return encodeBlocks(block.content, `${path}.content`, encoding);
    case 'server_tool_use':
    case 'server_tool_result': {
      const words = serverToolText(block, path, encoding.losses);
      return words === '' ? [] : [text(words)];
    }
    case 'opaque':
      return [text(opaqueText(block, path, encoding.losses))];
    default:
      encoding.losses.dropped(path, block.type, 'This kind of content has no counterpart here.');
      return [text(NOTES.unknownContent)];
  }
}

/** Turns a list of blocks into parts, in order. */
function encodeBlocks(blocks: readonly ContentBlock[], path: string, encoding: Encoding): ChatPart[] {
  return blocks.flatMap((block, index) => encodeBlock(block, `${path}[${index}]`, encoding));
}

function encodeImage(block: ImageBlock, path: string, { losses, context: { quirks } }: Encoding): ChatPart {
  const image = imageAddress(block, quirks.images !== false, path, losses, quirks.imageUrls !== false);
  return 'note' in image ? text(image.note) : { type: 'image_url', image_url: { url: image.url } };
}

function encodeDocument(block: DocumentBlock, path: string, encoding: Encoding): ChatPart[] {
  const { source } = block;
  const heading = text(documentHeading(block));
  if (source.type === 'text') {
    encoding.losses.degraded(path, 'document', 'A text document is sent as plain text.');
    return source.data === '' ? [heading] : [heading, text(source.data)];
  }
  if (source.type === 'content') {
    encoding.losses.degraded(path, 'document', 'A document is sent as the plain content it consists of.');
    return [heading, ...encodeBlocks(source.content, `${path}.source.content`, encoding)];
  }
  const file = encodeFile(block, path, encoding);
  return file.type === 'text' || block.context === undefined ? [file] : [heading, file];
}
