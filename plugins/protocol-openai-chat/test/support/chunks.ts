import type { SseEvent } from '@claudex/sdk';

/** One event of a stream, from what it adds to the answer. */
export function delta(value: object, choice: object = {}, chunk: object = {}): SseEvent {
  return {
    data: JSON.stringify({ id: 'c1', model: 'reported', ...chunk, choices: [{ index: 0, delta: value, ...choice }] }),
  };
}

/** One event with a piece of one tool call. */
export function piece(value: object): SseEvent {
  return delta({ tool_calls: [value] });
}

/** The event that ends the answer. */
export function finish(reason: string, chunk: object = {}): SseEvent {
  return delta({}, { finish_reason: reason }, chunk);
}

/** The event with nothing but usage. */
export function usage(value: object): SseEvent {
  return { data: JSON.stringify({ id: 'c1', choices: [], usage: value }) };
}

export const DONE: SseEvent = { data: '[DONE]' };
