import type { CanonicalRequest, CodecContext, JsonObject, Loss, Message, Quirks } from '@claudex/sdk';
import { contextOf, user } from '@claudex/sdk/testing';
import { encodeRequest } from '../../../src/request.ts';
import type { ResponsesInputItem, ResponsesRequest } from '../../../src/wire.ts';

/** An encoded request and what a test wants to know of it. */
interface Encoded {
  readonly body: JsonObject;
  readonly wire: ResponsesRequest;
  readonly input: readonly ResponsesInputItem[];
  readonly losses: readonly Loss[];
  readonly features: readonly string[];
}

/** Encodes a request; without messages the user says `hi`. */
export function encode(
  request: Partial<CanonicalRequest>,
  quirks: Quirks = {},
  more: Partial<CodecContext> = {},
): Encoded {
  const context = contextOf({ messages: [user('hi')], ...request }, quirks);
  const { body, losses } = encodeRequest({ ...context, ...more });
  const wire = body as unknown as ResponsesRequest;
  return { body, wire, input: wire.input, losses, features: losses.map(({ feature }) => feature) };
}

/** Encodes a conversation. */
export function encodeMessages(messages: Message[], quirks: Quirks = {}, more: Partial<CodecContext> = {}): Encoded {
  return encode({ messages }, quirks, more);
}

/** A user message as it is sent. */
export function said(...texts: string[]): ResponsesInputItem {
  return { type: 'message', role: 'user', content: texts.map((text) => ({ type: 'input_text', text })) };
}

/** A message of the assistant as it is sent. */
export function answered(...texts: string[]): ResponsesInputItem {
  const content = texts.map((text) => ({ type: 'output_text' as const, text, annotations: [] }));
  return { type: 'message', role: 'assistant', content };
}

/** A call as it is sent. */
export function called(callId: string, name = 'Read', input = '{}'): ResponsesInputItem {
  return { type: 'function_call', call_id: callId, name, arguments: input };
}

/** What a call led to, as it is sent. */
export function resulted(callId: string, output: string): ResponsesInputItem {
  return { type: 'function_call_output', call_id: callId, output };
}
