import type { ContentBlock, DocumentBlock, ImageBlock } from '@claudex/sdk';
import { noteCacheControl } from '@claudex/sdk/codec';
import type { ResponsesInputPart } from '../wire.ts';
import { encodeFile, heading } from './document.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';
import { describeServerTool } from './server-tool-text.ts';

/**
 * Turns one block of a user message or a tool result into parts. What the protocol cannot carry becomes a note the
 * model can read, so that it knows something was there, and a recorded loss.
 */
export function encodeBlock(block: ContentBlock, path: string, encoding: Encoding): ResponsesInputPart[] {
  noteExtras(block, path, encoding);
  switch (block.type) {
    case 'text':
      return block.text === '' ? [] : [text(block.text)];
    case 'image':
      return [encodeImage(block, path, encoding)];
    case 'document':
      return encodeDocument(block, path, encoding);
    case 'tool_reference':
      return [text(toolNote(encoding.names.toWire(block.tool_name), encoding))];
    case 'tool_result':
      return encodeBlocks(block.content, `${path}.content`, encoding);
    case 'server_tool_use':
    case 'server_tool_result': {
      const words = describeServerTool(block, path, encoding);
      return words === '' ? [] : [text(words)];
    }
    default:
      encoding.losses.dropped(
        path,
        block.type === 'opaque' ? 'opaque_block' : block.type,
        'This kind of content has no counterpart here.',
      );
      return [text('[Content of a kind that this model cannot be shown was left out here.]')];
  }
}

/** Records what a block carries beside its content and no item of this protocol can hold. */
export function noteExtras(block: ContentBlock, path: string, { losses }: Encoding): void {
  noteCacheControl(block, path, losses);
  if (block.ext !== undefined)
    losses.once('dropped', path, 'block_extension', 'Extras of another protocol on a block have no counterpart here.');
  if (block.type === 'text' && block.citations !== undefined)
    losses.dropped(`${path}.citations`, 'citations', 'Text carries no citations here.');
}

/** Turns a list of blocks into parts, in order. */
export function encodeBlocks(blocks: readonly ContentBlock[], path: string, encoding: Encoding): ResponsesInputPart[] {
  return blocks.flatMap((block, index) => encodeBlock(block, `${path}[${index}]`, encoding));
}

function toolNote(wireName: string, { unusableTools }: Encoding): string {
  return unusableTools.has(wireName)
    ? `The tool ${wireName} cannot be used with this model.`
    : `The tool ${wireName} is available now.`;
}

function encodeImage(block: ImageBlock, path: string, encoding: Encoding): ResponsesInputPart {
  const { source } = block;
  if (encoding.context.quirks.images === false) {
    encoding.losses.dropped(path, 'image', 'This model does not take pictures.');
    return text('[An image was left out here: this model does not take pictures.]');
  }
  if (source.type === 'base64') return image(`data:${source.media_type};base64,${source.data}`);
  if (source.type === 'url') return image(source.url);
  encoding.losses.dropped(path, 'image', `A picture given as "${source.type}" cannot be sent to this provider.`);
  return text('[An image was left out here: it is stored where this provider cannot read it.]');
}

/** A file goes as a file, text as text under a heading. */
function encodeDocument(block: DocumentBlock, path: string, encoding: Encoding): ResponsesInputPart[] {
  const { source } = block;
  if (source.type === 'text') {
    encoding.losses.degraded(path, 'document', 'A text document is sent as plain text.');
    return source.data === '' ? [heading(block)] : [heading(block), text(source.data)];
  }
  if (source.type === 'content') {
    encoding.losses.degraded(path, 'document', 'A document is sent as the plain content it consists of.');
    return [heading(block), ...encodeBlocks(source.content, `${path}.source.content`, encoding)];
  }
  return encodeFile(block, path, encoding);
}

function image(url: string): ResponsesInputPart {
  return { type: 'input_image', image_url: url, detail: 'auto' };
}
