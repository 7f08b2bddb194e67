import type { ContentBlock, DocumentBlock, ImageBlock } from '@claudex/sdk';
import { noteCacheControl } from '@claudex/sdk/codec';
import type { ChatPart } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/**
 * Turns one block of a user message or a tool result into parts. What the protocol cannot carry becomes a
 * note the model can read, so that it knows something was there, and a recorded loss.
 */
export function encodeBlock(block: ContentBlock, path: string, encoding: Encoding): ChatPart[] {
  noteCacheControl(block, path, encoding.losses);
  switch (block.type) {
    case 'text':
      if (block.citations !== undefined)
        encoding.losses.dropped(`${path}.citations`, 'citations', 'Text carries no citations here.');
      return block.text === '' ? [] : [text(block.text)];
    case 'image':
      return [encodeImage(block, path, encoding)];
    case 'document':
      return encodeDocument(block, path, encoding);
    case 'tool_reference':
      return [text(`The tool ${encoding.names.toWire(block.tool_name)} is available now.`)];
    case 'tool_result':
      return block.content.flatMap((inner, index) => encodeBlock(inner, `${path}.content[${index}]`, encoding));
    default:
      encoding.losses.dropped(
        path,
        block.type === 'opaque' ? 'opaque_block' : block.type,
        'This kind of content has no counterpart here.',
      );
      return [text('[Content of a kind that this model cannot be shown was left out here.]')];
  }
}

/** Joins parts for the wire: one string when there is only text, because many servers refuse lists of text. */
export function flattenParts(parts: readonly ChatPart[]): string | ChatPart[] {
  const texts: string[] = [];
  for (const part of parts) {
    if (part.type !== 'text') return [...parts];
    texts.push(part.text);
  }
  return texts.join('\n');
}

/** A text part. */
export function text(value: string): ChatPart {
  return { type: 'text', text: value };
}

function encodeImage(block: ImageBlock, path: string, encoding: Encoding): ChatPart {
  const { source } = block;
  if (encoding.context.quirks.images === false) {
    encoding.losses.dropped(path, 'image', 'This model does not take pictures.');
    return text('[An image was left out here: this model does not take pictures.]');
  }
  if (source.type === 'base64')
    return { type: 'image_url', image_url: { url: `data:${source.media_type};base64,${source.data}` } };
  if (source.type === 'url') return { type: 'image_url', image_url: { url: source.url } };
  encoding.losses.dropped(path, 'image', `A picture given as "${source.type}" cannot be sent to this provider.`);
  return text('[An image was left out here: it is stored where this provider cannot read it.]');
}

function encodeDocument(block: DocumentBlock, path: string, encoding: Encoding): ChatPart[] {
  const { source } = block;
  const name = block.title === undefined ? 'document' : `document "${block.title}"`;
  const parts = [text(`[The following is a ${name}.${block.context === undefined ? '' : ` ${block.context}`}]`)];
  if (source.type === 'text') {
    encoding.losses.degraded(path, 'document', 'A text document is sent as plain text.');
    return [...parts, text(source.data)];
  }
  if (source.type === 'content') {
    encoding.losses.degraded(path, 'document', 'A document is sent as the plain content it consists of.');
    return [
      ...parts,
      ...source.content.flatMap((inner, index) => encodeBlock(inner, `${path}.source.content[${index}]`, encoding)),
    ];
  }
  encoding.losses.dropped(path, 'document', `A document given as "${source.type}" cannot be sent to this provider.`);
  return [text(`[A ${name} was left out here: this provider takes only text documents.]`)];
}
