import {
  invalidRequest,
  isJsonObject,
  type CanonicalRequest,
  type ClientDialect,
  type Json,
  type JsonObject,
  type Message,
  type OutputConfig,
  type TextBlock,
  type Thinking,
} from '@claudex/sdk';
import { decodeBlock, decodeContent } from './decode-block.ts';
import { extensionOf, unmodelled } from './extensions.ts';
import {
  asObject,
  defined,
  isBoolean,
  isCount,
  isNumber,
  isString,
  isStringList,
  optional,
  requiredName,
  requiredString,
} from './fields.ts';
import { decodeToolChoice, decodeTools, toolChoiceObject } from './tools.ts';

const MODELLED_REQUEST = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'metadata',
  'stream',
]);

const MODELLED_TURN = new Set(['role', 'content', 'output_config']);

/**
 * Reads the body of a Messages or count_tokens request. Throws an invalid-request error with the exact path where the
 * body makes no sense, but takes unknown fields, betas, and unknown types of blocks, tools and settings: they stay in
 * `other`, in `ext` or in opaque blocks. Values are referred to, not copied, so the body must not be changed later.
 */
export function decodeRequest(body: JsonObject, client: ClientDialect): CanonicalRequest {
  const other = unmodelled(body, MODELLED_REQUEST) ?? {};
  const request: CanonicalRequest = {
    model: requiredName(body, 'model', ''),
    messages: decodeMessages(body['messages']),
    system: decodeSystem(body['system'] ?? [], other),
    tools: decodeTools(body['tools'] ?? [], 'tools'),
    stream: optional(body, 'stream', '', isBoolean, 'must be true or false') ?? false,
    client,
    other,
  };
  return Object.assign(request, defined(decodeSampling(body)), defined(decodeBehaviour(body, other)));
}

function decodeMessages(value: Json | undefined): Message[] {
  if (!Array.isArray(value)) throw invalidRequest('messages', 'must be a list');
  if (value.length === 0) throw invalidRequest('messages', 'must not be empty');
  return value.map((message, index) => decodeMessage(message, `messages[${index}]`));
}

function decodeMessage(value: Json, path: string): Message {
  const wire = asObject(value, path);
  const role = requiredString(wire, 'role', path);
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    throw invalidRequest(`${path}.role`, 'must be "user", "assistant" or "system"');
  }
  const content = decodeContent(wire['content'], `${path}.content`);
  const outputConfig = optional(wire, 'output_config', path, isJsonObject, 'must be an object');
  const rest = unmodelled(wire, MODELLED_TURN);
  if (outputConfig === undefined && rest === undefined) return { role, content };
  return {
    role,
    content,
    ...(outputConfig && { output_config: decodeOutputConfig(outputConfig, `${path}.output_config`) }),
    ...extensionOf(rest),
  };
}

/** Reads `system`. Blocks that are not text have no place in the canonical field and go to `other.system`. */
function decodeSystem(value: Json, other: JsonObject): TextBlock[] {
  if (typeof value === 'string') return value === '' ? [] : [{ type: 'text', text: value }];
  if (!Array.isArray(value)) throw invalidRequest('system', 'must be a string or a list of text blocks');
  const system: TextBlock[] = [];
  const foreign: Json[] = [];
  for (const [index, wire] of value.entries()) {
    const block = decodeBlock(wire, `system[${index}]`);
    if (block.type === 'text') system.push(block);
    else foreign.push(wire);
  }
  if (foreign.length > 0) other['system'] = foreign;
  return system;
}

function decodeSampling(body: JsonObject) {
  return {
    max_tokens: optional(body, 'max_tokens', '', isCount, 'must be a positive whole number'),
    temperature: optional(body, 'temperature', '', isNumber, 'must be a number'),
    top_p: optional(body, 'top_p', '', isNumber, 'must be a number'),
    top_k: optional(body, 'top_k', '', isNumber, 'must be a number'),
    stop_sequences: optional(body, 'stop_sequences', '', isStringList, 'must be a list of strings'),
  };
}

function decodeBehaviour(body: JsonObject, other: JsonObject) {
  const toolChoice = toolChoiceObject(body);
  const thinking = optional(body, 'thinking', '', isJsonObject, 'must be an object');
  const outputConfig = optional(body, 'output_config', '', isJsonObject, 'must be an object');
  const known = {
    metadata: optional(body, 'metadata', '', isJsonObject, 'must be an object'),
    tool_choice: toolChoice && decodeToolChoice(toolChoice, 'tool_choice'),
    thinking: thinking && decodeThinking(thinking),
    output_config: withOlderFormat(outputConfig && decodeOutputConfig(outputConfig, 'output_config'), other),
  };
  if (toolChoice !== undefined && known.tool_choice === undefined) other['tool_choice'] = toolChoice;
  if (thinking !== undefined && known.thinking === undefined) other['thinking'] = thinking;
  return known;
}

/**
 * Adds the format of the answer that older clients ask for in `output_format`, where `output_config` has none. The field
 * itself stays in `other`, so that it is written as it came.
 */
function withOlderFormat(config: OutputConfig | undefined, other: JsonObject): OutputConfig | undefined {
  const format = other['output_format'];
  return isJsonObject(format) && (config?.format ?? null) === null ? { ...config, format } : config;
}

/** Reads `thinking`; `undefined` when its type is unknown. The object is kept, with fields nobody models. */
function decodeThinking(wire: JsonObject): Thinking | undefined {
  const type = requiredName(wire, 'type', 'thinking');
  if (type === 'enabled' && !isCount(wire['budget_tokens'] ?? null)) {
    throw invalidRequest('thinking.budget_tokens', 'must be a positive whole number');
  }
  return ['enabled', 'adaptive', 'disabled'].includes(type) ? (wire as unknown as Thinking) : undefined;
}

function decodeOutputConfig(wire: JsonObject, path: string): OutputConfig {
  optional(wire, 'effort', path, isString, 'must be a string');
  optional(wire, 'format', path, isJsonObject, 'must be an object');
  return wire;
}
