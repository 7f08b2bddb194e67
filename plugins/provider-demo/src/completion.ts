import type { PlannedCall, Reply } from './reply.ts';
import { CHARACTERS_PER_TOKEN, estimateTokens } from './tokens.ts';
import type { ChatRequest, FinishReason, WireToolCall, WireUsage } from './wire.ts';

/** A reply with everything that the wire adds: ids, a time, figures. */
export interface Completion {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
  readonly reasoning: string;
  readonly text: string;
  readonly calls: readonly WireToolCall[];
  readonly finish: FinishReason;
  readonly usage: WireUsage;
}

/** The ids and the time of a completion; handed in so that everything here stays pure. */
export interface Stamp {
  readonly created: number;
  newId(prefix: string): string;
}

/** Turns a reply into a completion, cut down to the number of tokens that the client takes. */
export function complete(request: ChatRequest, reply: Reply, stamp: Stamp): Completion {
  const room = (request.maxTokens ?? Infinity) * CHARACTERS_PER_TOKEN;
  const tooLong = reply.calls.length === 0 && reply.text.length > room;
  const text = tooLong ? reply.text.slice(0, room) : reply.text;
  const reasoning = reply.reasoning ?? '';
  const calls = reply.calls.map((call) => toWire(call, stamp));
  return {
    id: stamp.newId('chatcmpl'),
    created: stamp.created,
    model: request.model,
    reasoning,
    text,
    calls,
    finish: tooLong ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop',
    usage: usageOf(request, reasoning, text, calls),
  };
}

/** The body of an answer that is not streamed. */
export function toBody(completion: Completion): object {
  const { id, created, model, reasoning, text, calls, finish, usage } = completion;
  const message = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
  return { id, object: 'chat.completion', created, model, choices, usage };
}

function toWire(call: PlannedCall, stamp: Stamp): WireToolCall {
  const { name } = call;
  return { id: stamp.newId('call'), type: 'function', function: { name, arguments: JSON.stringify(call.arguments) } };
}

function usageOf(request: ChatRequest, reasoning: string, text: string, calls: readonly WireToolCall[]): WireUsage {
  const prompt = estimateTokens(JSON.stringify(request.messages)) + estimateTokens(JSON.stringify(request.tools));
  const reasoningTokens = estimateTokens(reasoning);
  const written =
    reasoningTokens + estimateTokens(text) + (calls.length > 0 ? estimateTokens(JSON.stringify(calls)) : 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: written,
    total_tokens: prompt + written,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}
