import { wireEvent, type Content, type Dialect } from './dialect.ts';

const HEAD = { id: 'resp_scripted', object: 'response', created_at: 1_790_000_000, model: 'scripted' };
const USAGE = {
  input_tokens: 50,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 10,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 60,
};

interface Item {
  readonly begun: object;
  readonly steps: readonly object[];
  readonly done: object;
}

/** OpenAI Responses. */
export const responses: Dialect = {
  title: 'Responses',
  providerType: 'OpenAIResponses',
  handshake: 2,
  events(content) {
    const items = itemsOf(content);
    const running = { ...HEAD, status: 'in_progress', output: [] };
    const events = [
      { type: 'response.created', response: running },
      { type: 'response.in_progress', response: running },
      ...items.flatMap(({ begun, steps, done }, index) => [
        { type: 'response.output_item.added', output_index: index, item: begun },
        ...steps.map((step) => ({ output_index: index, ...step })),
        { type: 'response.output_item.done', output_index: index, item: done },
      ]),
      { type: 'response.completed', response: finished(items) },
    ] as readonly { readonly type: string; readonly [field: string]: unknown }[];
    return events.map((event, sequence) => wireEvent(event.type, { ...event, sequence_number: sequence }));
  },
  whole: (content) => finished(itemsOf(content)),
  error: (type, message) => ({ error: { type, message, param: null, code: null } }),
  overloaded: wireEvent('response.failed', {
    type: 'response.failed',
    response: { ...HEAD, status: 'failed', output: [], error: { code: 'server_is_overloaded', message: 'Overloaded' } },
  }),
};

function finished(items: readonly Item[]): object {
  return { ...HEAD, status: 'completed', output: items.map(({ done }) => done), usage: USAGE };
}

function itemsOf({ thinking, text, tool }: Content): Item[] {
  return [
    ...(thinking ? [reasoningItem(thinking)] : []),
    ...(text ? [messageItem(text)] : []),
    ...(tool ? [callItem(tool)] : []),
  ];
}

function reasoningItem(pieces: readonly string[]): Item {
  const item = { type: 'reasoning', id: 'rs_scripted' };
  const part = { type: 'summary_text', text: pieces.join('') };
  const place = { item_id: item.id, summary_index: 0 };
  return {
    begun: { ...item, summary: [] },
    steps: [
      { type: 'response.reasoning_summary_part.added', ...place, part: { ...part, text: '' } },
      ...pieces.map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...place, delta })),
      { type: 'response.reasoning_summary_text.done', ...place, text: part.text },
      { type: 'response.reasoning_summary_part.done', ...place, part },
    ],
    done: { ...item, summary: [part] },
  };
}

function messageItem(pieces: readonly string[]): Item {
  const item = { type: 'message', id: 'msg_scripted', role: 'assistant' };
  const part = { type: 'output_text', text: pieces.join(''), annotations: [] };
  const place = { item_id: item.id, content_index: 0 };
  return {
    begun: { ...item, status: 'in_progress', content: [] },
    steps: [
      { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
      ...pieces.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
      { type: 'response.output_text.done', ...place, text: part.text },
      { type: 'response.content_part.done', ...place, part },
    ],
    done: { ...item, status: 'completed', content: [part] },
  };
}

function callItem({ id, name, pieces }: NonNullable<Content['tool']>): Item {
  const item = { type: 'function_call', id: 'fc_scripted', call_id: id, name };
  const whole = pieces.join('');
  return {
    begun: { ...item, status: 'in_progress', arguments: '' },
    steps: [
      ...pieces.map((delta) => ({ type: 'response.function_call_arguments.delta', item_id: item.id, delta })),
      { type: 'response.function_call_arguments.done', item_id: item.id, arguments: whole },
    ],
    done: { ...item, status: 'completed', arguments: whole },
  };
}
