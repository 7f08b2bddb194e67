import type { ContentBlock, DocumentBlock, ImageBlock } from '@claudex/sdk';
import type { ChatPart } from '../wire.ts';
import { encodeFile, nameOf } from './documents.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';
import { encodeServerTool } from './server-tools.ts';

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
    case 'tool_reference':
      return [text(toolNote(encoding.names.toWire(block.tool_name), encoding))];
    case 'tool_result':
      return block.content.flatMap((inner, index) => encodeBlock(inner, `${path}.content[${index}]`, encoding));
    case 'server_tool_use':
    case 'server_tool_result':
      return encodeServerTool(block, path, encoding);
    default:
      encoding.losses.dropped(
        path,
        block.type === 'opaque' ? 'opaque_block' : block.type,
        'This kind of content has no counterpart here.',
      );
      return [text('[Content of a kind that this model cannot be shown was left out here.]')];
  }
}

function toolNote(wireName: string, encoding: Encoding): string {
  return encoding.unusableTools.has(wireName)
    ? `The tool ${wireName} cannot be used with this model.`
    : `The tool ${wireName} is available now.`;
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
  const { source, context } = block;
  const intro = text(`[The following is a ${nameOf(block)}.${context === undefined ? '' : ` ${context}`}]`);
  if (source.type === 'text') {
    encoding.losses.degraded(path, 'document', 'A text document is sent as plain text.');
    return source.data === '' ? [intro] : [intro, text(source.data)];
  }
  if (source.type === 'content') {
    encoding.losses.degraded(path, 'document', 'A document is sent as the plain content it consists of.');
    return [
      intro,
      ...source.content.flatMap((inner, index) => encodeBlock(inner, `${path}.source.content[${index}]`, encoding)),
    ];
  }
  const file = encodeFile(block, path, encoding);
  return file.type === 'text' || context === undefined ? [file] : [intro, file];
}
