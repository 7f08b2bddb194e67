import {
  invalidRequest,
  isJsonObject,
  type CacheControl,
  type ClientTool,
  type Json,
  type JsonObject,
  type Tool,
  type ToolChoice,
} from '@claudex/sdk';
import { extensionFields, extensionOf, unmodelled } from './extensions.ts';
import { asObject, isBoolean, isString, optional, requiredName, requiredObject } from './fields.ts';

const MODELLED_TOOL = new Set(['name', 'description', 'input_schema', 'defer_loading', 'cache_control']);

/** Choices of a tool that say nothing but their type. */
const TOOL_CHOICE_WORDS: ReadonlySet<string> = new Set(['auto', 'any', 'none']);

/** Reads one entry of `tools`: without a `type` or with `custom` it is the client's own, else the provider's. */
function decodeTool(value: Json, path: string): Tool {
  const wire = asObject(value, path);
  const type = optional(wire, 'type', path, isString, 'must be a string');
  if (type === undefined || type === 'custom') return decodeClientTool(wire, path);
  // An MCP toolset has no name of its own.
  const name = optional(wire, 'name', path, isString, 'must be a string') ?? type;
  return { kind: 'server', type, name, declaration: wire };
}

function decodeClientTool(wire: JsonObject, path: string): ClientTool {
  const name = requiredName(wire, 'name', path);
  const inputSchema = requiredObject(wire, 'input_schema', path);
  const description = optional(wire, 'description', path, isString, 'must be a string');
  const deferLoading = optional(wire, 'defer_loading', path, isBoolean, 'must be true or false');
  const cacheControl = optional(wire, 'cache_control', path, isJsonObject, 'must be an object');
  return {
    kind: 'client',
    name,
    input_schema: inputSchema,
    ...(description !== undefined && { description }),
    ...(deferLoading !== undefined && { defer_loading: deferLoading }),
    ...(cacheControl !== undefined && { cache_control: cacheControl as unknown as CacheControl }),
    ...extensionOf(unmodelled(wire, MODELLED_TOOL)),
  };
}

/** Writes one entry of `tools`. */
export function encodeTool(tool: Tool): JsonObject {
  if (tool.kind === 'server') return tool.declaration;
  const { kind: _kind, ext, cache_control: cacheControl, ...fields } = tool;
  return { ...fields, ...(cacheControl && { cache_control: { ...cacheControl } }), ...extensionFields(ext) };
}

/** Reads `tool_choice` as the object it should be; a bare word, which some clients write, stands for one with that type. */
export function toolChoiceObject(body: JsonObject): JsonObject | undefined {
  const value = body['tool_choice'];
  if (typeof value === 'string' && TOOL_CHOICE_WORDS.has(value)) return { type: value };
  return optional(body, 'tool_choice', '', isJsonObject, 'must be an object');
}

/** Reads `tool_choice`; `undefined` when its type is unknown. The object is kept, with fields nobody models. */
export function decodeToolChoice(wire: JsonObject, path: string): ToolChoice | undefined {
  const type = requiredName(wire, 'type', path);
  optional(wire, 'disable_parallel_tool_use', path, isBoolean, 'must be true or false');
  if (type === 'tool') requiredName(wire, 'name', path);
  return ['auto', 'any', 'tool', 'none'].includes(type) ? (wire as unknown as ToolChoice) : undefined;
}

/** Reads `tools`. */
export function decodeTools(value: Json, path: string): Tool[] {
  if (!Array.isArray(value)) throw invalidRequest(path, 'must be a list');
  return value.map((tool, index) => decodeTool(tool, `${path}[${index}]`));
}
