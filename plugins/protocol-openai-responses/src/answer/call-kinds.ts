import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { jsonTextOf, parseJson } from '@claudex/sdk/codec';
import { keptOfCall } from '../kept-fields.ts';
import type { ResponsesItem } from '../wire-answer.ts';
import { JsonInput, TextInput, type CallInput, type InputSink } from './call-input.ts';
import { CommandsInput } from './commands-input.ts';
import { codeOutputs, foundFiles, foundPages, mcpOutput, picture, type ReadResult } from './server-results.ts';
import { objects, text } from './values.ts';

/** How one type of call is read. */
export interface CallKind {
  /** Who runs it. */
  readonly runs: 'client' | 'provider' | ((item: ResponsesItem) => 'client' | 'provider');
  /** Name of the tool: fixed, or the one in the item. */
  readonly name?: string;
  /** The whole input: an object, or JSON text. */
  readonly input: (item: ResponsesItem) => JsonObject | string;
  /** How its deltas are written; absent where it has none. `item` is the item as it began. */
  readonly stream?: (item: ResponsesItem, sink: InputSink) => CallInput;
  /** The MCP server it belongs to. */
  readonly server?: (item: ResponsesItem) => string;
  /** What came out, where the item itself says so. */
  readonly result?: ReadResult;
  /** State that goes before the block; `id` is the call's id as the client knows it. */
  readonly state?: (item: ResponsesItem, id: string) => JsonObject | undefined;
  /** Whether only the finished item says what has to stand before the block. */
  readonly waits?: true;
}

/** Every type of item that is a call. */
export const CALL_KINDS: { readonly [type: string]: CallKind } = {
  function_call: {
    runs: 'client',
    input: (item) => jsonTextOf(item.arguments),
    stream: (_item, sink) => new JsonInput(sink),
    state: callState,
  },
  custom_tool_call: {
    runs: 'client',
    input: (item) => ({ input: text(item['input']) }),
    stream: (_item, sink) => new TextInput('input', {}, sink),
  },
  local_shell_call: { runs: 'client', name: 'local_shell', input: (item) => fields(item['action']) },
  apply_patch_call: {
    runs: 'client',
    name: 'apply_patch',
    input: (item) => fields(item['operation']),
    stream: (item, sink) => new TextInput('diff', without(item['operation'], 'diff'), sink),
  },
  shell_call: {
    runs: ({ environment }) => (isJsonObject(environment) && environment['type'] !== 'local' ? 'provider' : 'client'),
    name: 'shell',
    input: (item) => fields(item['action']),
    stream: (item, sink) => new CommandsInput(without(item['action'], 'commands'), sink),
  },
  tool_search_call: {
    runs: ({ execution }) => (execution === 'client' ? 'client' : 'provider'),
    name: 'tool_search',
    input: argumentsOf,
  },
  web_search_call: {
    runs: 'provider',
    name: 'web_search',
    input: (item) => (isJsonObject(item['action']) ? without(item['action'], 'sources') : argumentsOf(item)),
    result: foundPages,
  },
  file_search_call: {
    runs: 'provider',
    name: 'file_search',
    input: (item) => (Array.isArray(item['queries']) ? { queries: item['queries'] } : argumentsOf(item)),
    result: foundFiles,
  },
  code_interpreter_call: {
    runs: 'provider',
    name: 'code_interpreter',
    input: (item) =>
      typeof item['code'] === 'string' ? { ...container(item), code: item['code'] } : argumentsOf(item),
    stream: (item, sink) => new TextInput('code', container(item), sink),
    result: codeOutputs,
  },
  image_generation_call: {
    runs: 'provider',
    name: 'image_generation',
    input: (item) => {
      // xAI calls it plainly the prompt.
      const prompt = text(item['revised_prompt']) || text(item['prompt']);
      return prompt === '' ? {} : { prompt };
    },
    result: picture,
  },
  mcp_call: {
    runs: 'provider',
    input: (item) => jsonTextOf(item.arguments),
    stream: (_item, sink) => new JsonInput(sink),
    server: (item) => text(item['server_label']),
    result: mcpOutput,
  },
  program: {
    runs: 'provider',
    name: 'program',
    input: (item) => ({ code: text(item['code']) }),
    state: programState,
    waits: true,
  },
};

function callState(item: ResponsesItem, id: string): JsonObject | undefined {
  const extra = keptOfCall(item);
  return Object.keys(extra).length === 0 ? undefined : { item: 'call', call: id, extra };
}

function programState(item: ResponsesItem, id: string): JsonObject | undefined {
  const fingerprint = text(item['fingerprint']);
  return fingerprint === '' ? undefined : { item: 'program', call: id, call_id: text(item.call_id), fingerprint };
}

function argumentsOf(item: ResponsesItem): JsonObject {
  const value = typeof item.arguments === 'string' ? parseJson(item.arguments) : item.arguments;
  return fields(value);
}

function container(item: ResponsesItem): JsonObject {
  const id = text(item['container_id']);
  return id === '' ? {} : { container_id: id };
}

function fields(value: unknown): JsonObject {
  return (objects([value])[0] ?? {}) as JsonObject;
}

function without(value: unknown, field: string): JsonObject {
  const { [field]: _left, ...rest } = fields(value);
  return rest;
}
