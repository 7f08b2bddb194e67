import {
  invalidRequest,
  isJsonObject,
  type CacheControl,
  type ContentBlock,
  type Json,
  type JsonObject,
  type MediaSource,
  type ToolResultBlock,
} from '@claudex/sdk';
import { extensionOf, PROTOCOL_ID, unmodelled } from './extensions.ts';
import { asObject, isBoolean, isString, optional, requiredName, requiredObject, requiredString } from './fields.ts';

/** How blocks of one wire type are read. `modelled` are the fields `read` takes care of; all others go to `ext`. */
interface BlockReader {
  readonly modelled: ReadonlySet<string>;
  readonly read: (wire: JsonObject, path: string) => ContentBlock | undefined;
}

function reader(fields: readonly string[], read: BlockReader['read']): BlockReader {
  return { modelled: new Set([...fields, 'cache_control']), read };
}

const READERS: ReadonlyMap<string, BlockReader> = new Map([
  ['text', reader(['type', 'text', 'citations'], readText)],
  ['image', reader(['type', 'source'], readImage)],
  ['document', reader(['type', 'source', 'title', 'context'], readDocument)],
  [
    'tool_use',
    reader(['type', 'id', 'name', 'input'], (wire, path) => {
      const { id, name, input } = readCall(wire, path);
      return { type: 'tool_use', id, name, input };
    }),
  ],
  ['tool_result', reader(['type', 'tool_use_id', 'content', 'is_error'], readToolResult)],
  [
    'tool_reference',
    reader(['type', 'tool_name'], (wire, path) => ({
      type: 'tool_reference',
      tool_name: requiredName(wire, 'tool_name', path),
    })),
  ],
  ['thinking', reader(['type', 'thinking', 'signature'], readThinking)],
  [
    'redacted_thinking',
    reader(['type', 'data'], (wire, path) => ({
      type: 'redacted_thinking',
      data: requiredString(wire, 'data', path),
    })),
  ],
  ['server_tool_use', reader(['type', 'id', 'name', 'input'], readServerCall)],
  ['mcp_tool_use', reader(['type', 'id', 'name', 'input', 'server_name'], readMcpCall)],
]);

const SERVER_RESULT = reader(['type', 'tool_use_id', 'content', 'is_error'], readServerResult);

/**
 * Reads one content block. Blocks and media sources of unknown types become opaque, fields that the canonical form
 * does not model go to `ext`, and nothing is copied that can be referred to. Throws an invalid-request error with
 * the exact path when a block of a known type is malformed.
 */
export function decodeBlock(value: Json, path: string): ContentBlock {
  const wire = asObject(value, path);
  const type = requiredName(wire, 'type', path);
  const { modelled, read } = READERS.get(type) ?? (type.endsWith('_tool_result') ? SERVER_RESULT : UNKNOWN);
  const block = read(wire, path);
  if (block === undefined) return opaqueBlock(wire);
  const cacheControl = optional(wire, 'cache_control', path, isJsonObject, 'must be an object');
  if (cacheControl !== undefined) block.cache_control = cacheControl as unknown as CacheControl;
  const rest = unmodelled(wire, modelled);
  return rest === undefined ? block : Object.assign(block, extensionOf(rest));
}

/** A block that is kept as it came. Its cache breakpoint is told to protocols that can make something of the rest, too. */
function opaqueBlock(wire: JsonObject): ContentBlock {
  const { cache_control: cacheControl } = wire;
  const block: ContentBlock = { type: 'opaque', protocol: PROTOCOL_ID, value: wire };
  return isJsonObject(cacheControl) ? { ...block, cache_control: cacheControl as unknown as CacheControl } : block;
}

const UNKNOWN: BlockReader = reader([], () => undefined);

/** Reads a `content` field: blocks, or a string that stands for one text block. */
export function decodeContent(value: Json | undefined, path: string): ContentBlock[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  if (!Array.isArray(value)) throw invalidRequest(path, 'must be a string or a list of content blocks');
  return value.map((block, index) => decodeBlock(block, `${path}[${index}]`));
}

function readText(wire: JsonObject, path: string): ContentBlock {
  const text = requiredString(wire, 'text', path);
  const { citations } = wire;
  if (!Array.isArray(citations) || citations.length === 0) return { type: 'text', text };
  return { type: 'text', text, citations: citations.filter((citation) => isJsonObject(citation)) };
}

function readThinking(wire: JsonObject, path: string): ContentBlock {
  const thinking = requiredString(wire, 'thinking', path);
  const signature = optional(wire, 'signature', path, isString, 'must be a string');
  // Clients write an empty signature where there was none.
  return signature === undefined || signature === ''
    ? { type: 'thinking', thinking }
    : { type: 'thinking', thinking, signature };
}

function readCall(wire: JsonObject, path: string): { id: string; name: string; input: JsonObject } {
  return {
    id: requiredName(wire, 'id', path),
    name: requiredName(wire, 'name', path),
    input: requiredObject(wire, 'input', path),
  };
}

function readServerCall(wire: JsonObject, path: string): ContentBlock {
  return { type: 'server_tool_use', ...readCall(wire, path) };
}

function readMcpCall(wire: JsonObject, path: string): ContentBlock {
  return { type: 'server_tool_use', ...readCall(wire, path), server_name: requiredName(wire, 'server_name', path) };
}

function readServerResult(wire: JsonObject, path: string): ContentBlock {
  const isError = optional(wire, 'is_error', path, isBoolean, 'must be true or false');
  return {
    type: 'server_tool_result',
    result_type: requiredName(wire, 'type', path),
    tool_use_id: requiredName(wire, 'tool_use_id', path),
    content: wire['content'] ?? null,
    ...(isError !== undefined && { is_error: isError }),
  };
}

function readToolResult(wire: JsonObject, path: string): ContentBlock {
  const { content } = wire;
  const isError = optional(wire, 'is_error', path, isBoolean, 'must be true or false');
  const block: ToolResultBlock = {
    type: 'tool_result',
    tool_use_id: requiredName(wire, 'tool_use_id', path),
    content: content === undefined || content === null ? [] : decodeContent(content, `${path}.content`),
  };
  return isError === undefined ? block : { ...block, is_error: isError };
}

function readImage(wire: JsonObject, path: string): ContentBlock | undefined {
  const source = readSource(wire, path);
  return source && { type: 'image', source };
}

function readDocument(wire: JsonObject, path: string): ContentBlock | undefined {
  const source = readSource(wire, path);
  const title = optional(wire, 'title', path, isString, 'must be a string');
  const context = optional(wire, 'context', path, isString, 'must be a string');
  return (
    source && {
      type: 'document',
      source,
      ...(title !== undefined && { title }),
      ...(context !== undefined && { context }),
    }
  );
}

/** A media source, or `undefined` when its type is unknown. */
function readSource(block: JsonObject, blockPath: string): MediaSource | undefined {
  const path = `${blockPath}.source`;
  const source = requiredObject(block, 'source', blockPath);
  switch (requiredName(source, 'type', path)) {
    case 'base64':
    case 'text':
      requiredString(source, 'media_type', path);
      requiredString(source, 'data', path);
      return source as unknown as MediaSource;
    case 'url':
      requiredString(source, 'url', path);
      return source as unknown as MediaSource;
    case 'file':
      requiredString(source, 'file_id', path);
      return source as unknown as MediaSource;
    case 'content':
      return { type: 'content', content: decodeContent(source['content'], `${path}.content`) };
    default:
      return undefined;
  }
}
