import type { SeenConversation, SpokenAnswer } from '../support/conversation.ts';
import { namedEvents, pieces, type Dialect } from '../support/dialect.ts';

interface Part {
  readonly type: string;
  readonly text?: string;
}

interface Item {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly Part[];
  readonly call_id?: string;
  readonly output?: string | readonly Part[];
  readonly encrypted_content?: string;
}

interface ResponsesRequest {
  readonly input: readonly Item[];
  readonly tools?: readonly { readonly type: string; readonly name?: string }[];
  readonly stream?: boolean;
  readonly text?: { readonly format?: { readonly type?: string } };
  readonly reasoning?: { readonly effort?: unknown };
}

type Event = { readonly type: string; readonly [field: string]: unknown };
type OutputItem = { readonly type: string; readonly id: string; readonly [field: string]: unknown };

/** OpenAI Responses with encrypted reasoning. */
export const responses: Dialect = {
  title: 'Responses',
  profile: { provider_type: 'OpenAIResponses', basePath: '/v1', quirks: { webSearch: 'tool' } },
  path: '/v1/responses',
  read(body, headers): SeenConversation {
    const request = body as ResponsesRequest;
    const { input, tools = [] } = request;
    const outputs = input.filter(({ type }) => type === 'function_call_output');
    const heard = input.filter(({ type, role }) => role === 'user' || type === 'function_call_output');
    return {
      headers,
      turns: turnsOf(input),
      userText: heard.map(textOf).join('\n'),
      images: heard.flatMap(partsOf).filter(({ type }) => type === 'input_image').length,
      results: outputs.map((item) => ({ id: item.call_id ?? '', text: textOf(item) })),
      callIds: input.filter(({ type }) => type === 'function_call').map((item) => item.call_id ?? ''),
      tools: tools.filter(({ type }) => type === 'function').map(({ name = '' }) => name),
      maySearch: tools.some(({ type }) => type === 'web_search'),
      asksForShape: (request.text?.format?.type ?? 'text') !== 'text',
      effort: request.reasoning?.effort,
      states: input.flatMap(({ type, encrypted_content: state }) => (type === 'reasoning' && state ? [state] : [])),
      streamed: request.stream === true,
    };
  },
  whole: (answer, model, n) => responseOf(answer, model, n, 'completed'),
  stream(answer, model, n) {
    const events: Event[] = [{ type: 'response.created', response: responseOf({}, model, n, 'in_progress') }];
    for (const [index, item] of itemsOf(answer, n).entries()) events.push(...eventsOf(item, index));
    events.push({ type: 'response.completed', response: responseOf(answer, model, n, 'completed') });
    return namedEvents(events);
  },
  overflow: (tokens, maximum) => ({
    error: {
      message: `Your input exceeds the context window of this model (${tokens} tokens, maximum ${maximum}). Please adjust your input and try again.`,
      type: 'invalid_request_error',
      param: 'input',
      code: 'context_length_exceeded',
    },
  }),
};

function responseOf(answer: SpokenAnswer, model: string, n: number, status: string) {
  const usage = {
    input_tokens: 1200,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 30,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 1230,
  };
  return {
    id: `resp_${n}`,
    object: 'response',
    created_at: 1_790_000_000,
    status,
    model,
    output: itemsOf(answer, n),
    ...(status === 'completed' && { usage }),
  };
}

function itemsOf({ reasoning, search, text, calls = [] }: SpokenAnswer, n: number): OutputItem[] {
  const items: OutputItem[] = [];
  if (reasoning) {
    const summary = [{ type: 'summary_text', text: reasoning.text }];
    items.push({ type: 'reasoning', id: `rs_${n}`, summary, encrypted_content: reasoning.state });
  }
  if (search) {
    const action = { type: 'search', query: search.query, sources: [{ type: 'url', url: search.url }] };
    items.push({ type: 'web_search_call', id: `ws_${n}`, status: 'completed', action });
  }
  if (text !== undefined) {
    const cited = search && { type: 'url_citation', url: search.url, title: search.title };
    const annotations = cited ? [{ ...cited, start_index: 0, end_index: text.length }] : [];
    const content = [{ type: 'output_text', text, annotations }];
    items.push({ type: 'message', id: `msg_${n}`, status: 'completed', role: 'assistant', content });
  }
  for (const [index, { name, input }] of calls.entries()) {
    const call = { id: `fc_${n}_${index}`, call_id: `call_${n}_${index}`, name, arguments: JSON.stringify(input) };
    items.push({ type: 'function_call', status: 'completed', ...call });
  }
  return items;
}

function eventsOf(item: OutputItem, output_index: number): Event[] {
  const place = { item_id: item.id, output_index };
  const added = (bare: object): Event => ({ type: 'response.output_item.added', output_index, item: bare });
  const done: Event = { type: 'response.output_item.done', output_index, item };
  if (item.type === 'reasoning') {
    const [{ text }] = item['summary'] as [{ text: string }];
    const part = { ...place, summary_index: 0 };
    return [
      added({ ...item, summary: [] }),
      { type: 'response.reasoning_summary_part.added', ...part, part: { type: 'summary_text', text: '' } },
      ...pieces(text).map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...part, delta })),
      { type: 'response.reasoning_summary_text.done', ...part, text },
      { type: 'response.reasoning_summary_part.done', ...part, part: { type: 'summary_text', text } },
      done,
    ];
  }
  if (item.type === 'function_call') {
    const whole = item['arguments'] as string;
    return [
      added({ ...item, status: 'in_progress', arguments: '' }),
      ...pieces(whole).map((delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta })),
      { type: 'response.function_call_arguments.done', ...place, arguments: whole },
      done,
    ];
  }
  if (item.type !== 'message') {
    const progress = { type: 'response.web_search_call.searching', ...place };
    return [added({ ...item, status: 'in_progress', action: undefined }), progress, done];
  }
  const [part] = item['content'] as [{ text: string; annotations: unknown[] }];
  const where = { ...place, content_index: 0 };
  return [
    added({ ...item, status: 'in_progress', content: [] }),
    { type: 'response.content_part.added', ...where, part: { type: 'output_text', text: '', annotations: [] } },
    ...pieces(part.text).map((delta) => ({ type: 'response.output_text.delta', ...where, delta })),
    ...part.annotations.map((annotation, annotation_index) => ({
      type: 'response.output_text.annotation.added',
      ...where,
      annotation_index,
      annotation,
    })),
    { type: 'response.output_text.done', ...where, text: part.text },
    { type: 'response.content_part.done', ...where, part },
    done,
  ];
}

/** An answer may be several items: what the model said in a row counts as one turn. */
function turnsOf(input: readonly Item[]): number {
  let turns = 0;
  let spoke = false;
  for (const { type, role } of input) {
    const speaks = role === 'assistant' || type === 'function_call' || type === 'reasoning';
    if (speaks && !spoke) turns += 1;
    spoke = speaks;
  }
  return turns;
}

function partsOf({ content, output }: Item): readonly Part[] {
  const parts = output ?? content ?? [];
  return typeof parts === 'string' ? [{ type: 'text', text: parts }] : parts;
}

function textOf(item: Item): string {
  return partsOf(item)
    .map(({ text = '' }) => text)
    .join('\n');
}
