import type { ContentBlock, Json, JsonObject, MediaSource } from '@claudex/sdk';
import { extensionFields, PROTOCOL_ID } from './extensions.ts';
import { unreachable } from './unreachable.ts';

/** Writes one block; `undefined` leaves it out. */
export type BlockWriter = (block: ContentBlock, path: string) => JsonObject | undefined;

/**
 * Writes one block as Anthropic spells it; `undefined` for an opaque block of another protocol, which has no spelling
 * here. `nested` writes the blocks inside it.
 */
export function encodeBlock(block: ContentBlock, path: string, nested: BlockWriter): JsonObject | undefined {
  if (block.type === 'opaque') return block.protocol === PROTOCOL_ID ? block.value : undefined;
  const { cache_control: cacheControl, ext } = block;
  const wire = encodeFields(block, path, nested);
  if (cacheControl !== undefined) wire['cache_control'] = { ...cacheControl };
  return ext === undefined ? wire : Object.assign(wire, extensionFields(ext));
}

/** Writes the blocks that `write` does not leave out. */
export function encodeBlocks(blocks: readonly ContentBlock[], path: string, write: BlockWriter): JsonObject[] {
  const written: JsonObject[] = [];
  for (const [index, block] of blocks.entries()) {
    const wire = write(block, `${path}[${index}]`);
    if (wire !== undefined) written.push(wire);
  }
  return written;
}

/** Writes the blocks of an answer, where opaque blocks of other protocols are left out. */
export const writeAnswerBlock: BlockWriter = (block, path) => encodeBlock(block, path, writeAnswerBlock);

function encodeFields(block: Exclude<ContentBlock, { type: 'opaque' }>, path: string, nested: BlockWriter): JsonObject {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text, ...(block.citations && { citations: block.citations }) };
    case 'image':
      return { type: 'image', source: encodeSource(block.source, path, nested) };
    case 'document': {
      const { title, context } = block;
      const source = encodeSource(block.source, path, nested);
      return {
        type: 'document',
        source,
        ...(title !== undefined && { title }),
        ...(context !== undefined && { context }),
      };
    }
    case 'tool_use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input };
    case 'server_tool_use': {
      const { id, name, input, server_name } = block;
      if (server_name === undefined) return { type: 'server_tool_use', id, name, input };
      return { type: 'mcp_tool_use', id, name, server_name, input };
    }
    case 'tool_result': {
      const { tool_use_id, is_error } = block;
      const content = encodeBlocks(block.content, `${path}.content`, nested);
      return { type: 'tool_result', tool_use_id, content, ...(is_error !== undefined && { is_error }) };
    }
    case 'tool_reference':
      return { type: 'tool_reference', tool_name: block.tool_name };
    case 'thinking':
      return { type: 'thinking', thinking: block.thinking, signature: block.signature ?? '' };
    case 'redacted_thinking':
      return { type: 'redacted_thinking', data: block.data };
    case 'server_tool_result': {
      const { result_type, tool_use_id, content, is_error } = block;
      return { type: result_type, tool_use_id, ...(is_error !== undefined && { is_error }), content };
    }
    default:
      return unreachable(block);
  }
}

function encodeSource(source: MediaSource, path: string, nested: BlockWriter): Json {
  if (source.type !== 'content') return source;
  return { type: 'content', content: encodeBlocks(source.content, `${path}.source.content`, nested) };
}
