import type { CacheControl, ContentBlock, DocumentBlock } from '@claudex/sdk';
import { NOTES, documentHeading, foundToolNote, opaqueText, serverToolText } from '@claudex/sdk/codec';
import type { Encoding } from './encoding.ts';
import { encodeFile, encodeImage } from './media.ts';
import { text, type SaidPart } from './parts.ts';

/**
 * Turns one block of a user message or a tool result into parts. What the protocol cannot carry becomes a note the
 * model can read, so that it knows something was there, and a recorded loss.
 */
export function encodeBlock(block: ContentBlock, path: string, encoding: Encoding): SaidPart[] {
  noteExtras(block, path, encoding);
  switch (block.type) {
    case 'text':
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

/** Records what a block carries beside its content and no part of this protocol can hold. */
export function noteExtras(block: ContentBlock, path: string, encoding: Encoding): void {
  const { losses } = encoding;
  noteCacheControl(block, path, encoding);
  if (block.ext !== undefined)
    losses.once('dropped', path, 'block_extension', 'Extras of another protocol on a block have no counterpart here.');
  if (block.type === 'text' && block.citations !== undefined)
    losses.dropped(`${path}.citations`, 'citations', 'Text carries no citations here.');
}

/** Records that a cache breakpoint is not sent. */
export function noteCacheControl(
  marked: { readonly cache_control?: CacheControl },
  path: string,
  { losses }: Encoding,
): void {
  if (marked.cache_control === undefined) return;
  losses.once('dropped', path, 'cache_control', 'This provider decides by itself what it caches.');
}

/** Turns a list of blocks into parts, in order. */
function encodeBlocks(blocks: readonly ContentBlock[], path: string, encoding: Encoding): SaidPart[] {
  return blocks.flatMap((block, index) => encodeBlock(block, `${path}[${index}]`, encoding));
}

/** A file goes as a file, text as text under a heading. */
function encodeDocument(block: DocumentBlock, path: string, encoding: Encoding): SaidPart[] {
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
  return encodeFile(block, path, encoding);
}
