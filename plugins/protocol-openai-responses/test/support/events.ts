import type { SseEvent } from '@claudex/sdk';

/** One event of a stream, framed as OpenAI does. */
export function event(type: string, fields: object = {}): SseEvent {
  return { event: type, data: JSON.stringify({ type, sequence_number: 1, ...fields }) };
}

/** The event that an item begins. */
export function added(index: number, item: object): SseEvent {
  return event('response.output_item.added', { output_index: index, item });
}

/** The event that an item is over. */
export function done(index: number, item: object): SseEvent {
  return event('response.output_item.done', { output_index: index, item });
}

/** A piece of something; `name` is what stands between `response.` and `.delta`. */
export function delta(name: string, index: number, text: unknown, fields: object = {}): SseEvent {
  return event(`response.${name}.delta`, { output_index: index, delta: text, ...fields });
}

/** The begin of the answer. */
export const CREATED: SseEvent = event('response.created', {
  response: { id: 'resp_1', model: 'reported', status: 'in_progress', output: [] },
});

export const USAGE = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 8 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 15,
};

/** The end of the answer. */
export function completed(fields: object = {}): SseEvent {
  const response = { id: 'resp_1', model: 'reported', status: 'completed', output: [], usage: USAGE, ...fields };
  return event('response.completed', { response });
}

/** A whole message of one text, as a server streams it. */
export function message(index: number, text: string, fields: object = {}): SseEvent[] {
  const item = { id: `msg_${index}`, type: 'message', role: 'assistant', ...fields };
  const place = { item_id: item.id, output_index: index, content_index: 0 };
  const part = { type: 'output_text', text, annotations: [] };
  return [
    added(index, { ...item, status: 'in_progress', content: [] }),
    event('response.content_part.added', { ...place, part: { ...part, text: '' } }),
    event('response.output_text.delta', { ...place, delta: text }),
    event('response.output_text.done', { ...place, text }),
    event('response.content_part.done', { ...place, part }),
    done(index, { ...item, status: 'completed', content: [part] }),
  ];
}

/** A whole function call, its arguments in two pieces. */
export function functionCall(index: number, callId: string, json: string, fields: object = {}): SseEvent[] {
  const item = { id: `fc_${index}`, type: 'function_call', call_id: callId, name: 'Read', ...fields };
  const place = { item_id: item.id, output_index: index };
  const half = Math.floor(json.length / 2);
  return [
    added(index, { ...item, status: 'in_progress', arguments: '' }),
    event('response.function_call_arguments.delta', { ...place, delta: json.slice(0, half) }),
    event('response.function_call_arguments.delta', { ...place, delta: json.slice(half) }),
    event('response.function_call_arguments.done', { ...place, arguments: json }),
    done(index, { ...item, status: 'completed', arguments: json }),
  ];
}

/** Whole reasoning with a summary of these parts. */
export function reasoning(index: number, parts: readonly string[], encrypted: string | null): SseEvent[] {
  const item = { id: `rs_${index}`, type: 'reasoning', ...(encrypted !== null && { encrypted_content: encrypted }) };
  const summary = parts.map((text) => ({ type: 'summary_text', text }));
  return [
    added(index, { ...item, summary: [] }),
    ...parts.flatMap((text, place) => {
      const where = { item_id: item.id, output_index: index, summary_index: place };
      return [
        event('response.reasoning_summary_part.added', { ...where, part: { type: 'summary_text', text: '' } }),
        event('response.reasoning_summary_text.delta', { ...where, delta: text }),
        event('response.reasoning_summary_text.done', { ...where, text }),
        event('response.reasoning_summary_part.done', { ...where, part: { type: 'summary_text', text } }),
      ];
    }),
    done(index, { ...item, summary }),
  ];
}
