import type { CanonicalRequest, ClientTool, CodecContext, ContentBlock, Message, Quirks } from '../index.ts';

/** A request with nothing in it but what a test gives. */
export function requestOf(overrides: Partial<CanonicalRequest> = {}): CanonicalRequest {
  return {
    model: 'claude-x',
    messages: [],
    system: [],
    tools: [],
    stream: false,
    client: { betas: [] },
    other: {},
    ...overrides,
  };
}

/** Everything a codec is handed; ids count up from 1. */
export function contextOf(request: Partial<CanonicalRequest> = {}, quirks: Quirks = {}): CodecContext {
  let count = 0;
  return {
    request: requestOf(request),
    model: 'upstream-model',
    quirks,
    newId: (prefix) => `${prefix}_new${(count += 1)}`,
    estimatedInputTokens: 100,
  };
}

/** What the user says; a string stands for a text block. */
export function user(...content: (ContentBlock | string)[]): Message {
  return { role: 'user', content: content.map(blockOf) };
}

/** What the assistant says; a string stands for a text block. */
export function assistant(...content: (ContentBlock | string)[]): Message {
  return { role: 'assistant', content: content.map(blockOf) };
}

/** An instruction in the midst of the conversation. */
export function system(text: string): Message {
  return { role: 'system', content: [{ type: 'text', text }] };
}

/** A call of a tool. */
export function call(id: string, name = 'Read', input = {}): ContentBlock {
  return { type: 'tool_use', id, name, input };
}

/** The result of a call, by the call's id; a string stands for a text block. */
export function result(id: string, ...content: (ContentBlock | string)[]): ContentBlock {
  return { type: 'tool_result', tool_use_id: id, content: content.map(blockOf) };
}

/** A tool that takes an empty object. */
export function tool(name: string, overrides: Partial<ClientTool> = {}): ClientTool {
  return { kind: 'client', name, input_schema: { type: 'object', properties: {} }, ...overrides };
}

/** A picture, of which only the first bytes are there. */
export const PNG: ContentBlock = {
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' },
};

function blockOf(content: ContentBlock | string): ContentBlock {
  return typeof content === 'string' ? { type: 'text', text: content } : content;
}
