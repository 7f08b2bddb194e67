import type { SeenConversation, SpokenAnswer } from '../support/conversation.ts';
import { namedEvents, pieces, type Dialect } from '../support/dialect.ts';

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly signature?: string;
  readonly tool_use_id?: string;
  readonly tool_name?: string;
  readonly content?: string | readonly Block[];
}

interface MessagesRequest {
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
  readonly tools?: readonly { readonly type?: string; readonly name: string; readonly defer_loading?: boolean }[];
  readonly stream?: boolean;
  readonly thinking?: unknown;
  readonly output_config?: { readonly effort?: unknown; readonly format?: unknown };
}

type Event = { readonly type: string; readonly [field: string]: unknown };

/** Anthropic Messages, which the proxy passes through. */
export const messages: Dialect = {
  title: 'Pass-through',
  profile: { provider_type: 'DirectAnthropic', basePath: '' },
  path: '/v1/messages',
  read(body, headers): SeenConversation {
    const request = body as MessagesRequest;
    const spoken = request.messages
      .filter(({ role }) => role === 'assistant')
      .flatMap(({ content }) => blocks(content));
    const heard = request.messages.filter(({ role }) => role === 'user').flatMap(({ content }) => blocks(content));
    const results = heard.filter(({ type }) => type === 'tool_result');
    const inner = results.flatMap(({ content = [] }) => blocks(content));
    const found = new Set(inner.flatMap(({ tool_name: name }) => (name === undefined ? [] : [name])));
    const tools = request.tools ?? [];
    return {
      headers,
      turns: request.messages.filter(({ role }) => role === 'assistant').length,
      userText: heard.map(textOf).join('\n'),
      images: [...heard, ...inner].filter(({ type }) => type === 'image').length,
      results: results.map((block) => ({ id: block.tool_use_id ?? '', text: textOf(block) })),
      callIds: spoken.flatMap(({ type, id = '' }) => (type === 'tool_use' ? [id] : [])),
      // The vendor shows the model what was found behind everything else.
      tools: [
        ...tools.filter((tool) => tool.defer_loading !== true),
        ...tools.filter((tool) => tool.defer_loading === true && found.has(tool.name)),
      ].map(({ name }) => name),
      maySearch: tools.some(({ type = '' }) => type.startsWith('web_search')),
      asksForShape: request.output_config?.format !== undefined,
      effort: request.output_config?.effort ?? request.thinking,
      states: spoken.flatMap(({ type, signature }) => (type === 'thinking' && signature ? [signature] : [])),
      streamed: request.stream === true,
    };
  },
  whole: (answer, model, n) => messageOf(answer, model, n),
  stream(answer, model, n) {
    const message = messageOf(answer, model, n);
    const start = { ...message, content: [], stop_reason: null, usage: { input_tokens: 1200, output_tokens: 1 } };
    const { stop_reason, stop_sequence, usage } = message;
    return namedEvents([
      { type: 'message_start', message: start },
      ...message.content.flatMap((block, index) => eventsOf(block, index)),
      { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage },
      { type: 'message_stop' },
    ]);
  },
  overflow: (tokens, maximum) => ({
    type: 'error',
    error: { type: 'invalid_request_error', message: `prompt is too long: ${tokens} tokens > ${maximum} maximum` },
  }),
};

function messageOf(answer: SpokenAnswer, model: string, n: number) {
  return {
    id: `msg_${n}`,
    type: 'message',
    role: 'assistant',
    model,
    content: blocksOf(answer, n),
    stop_reason: answer.calls ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1200, output_tokens: 30 },
  };
}

function blocksOf({ reasoning, search, text, calls = [] }: SpokenAnswer, n: number): Event[] {
  const found: Event[] = [];
  if (reasoning) found.push({ type: 'thinking', thinking: reasoning.text, signature: reasoning.state });
  if (search) {
    const { query, url, title } = search;
    const id = `srvtoolu_${n}`;
    const result = { type: 'web_search_result', url, title, encrypted_content: 'ZW5j', page_age: null };
    found.push({ type: 'server_tool_use', id, name: 'web_search', input: { query } });
    found.push({ type: 'web_search_tool_result', tool_use_id: id, content: [result] });
  }
  if (text !== undefined) found.push({ type: 'text', text });
  for (const [index, { name, input }] of calls.entries())
    found.push({ type: 'tool_use', id: `toolu_${n}_${index}`, name, input });
  return found;
}

function eventsOf(block: Event, index: number): Event[] {
  const delta = (step: object): Event => ({ type: 'content_block_delta', index, delta: step });
  const around = (opening: Event, steps: Event[]): Event[] => [
    { type: 'content_block_start', index, content_block: opening },
    ...steps,
    { type: 'content_block_stop', index },
  ];
  if (block.type === 'text') {
    const steps = pieces(String(block['text'])).map((text) => delta({ type: 'text_delta', text }));
    return around({ ...block, text: '' }, steps);
  }
  if (block.type === 'thinking') {
    const steps = pieces(String(block['thinking'])).map((thinking) => delta({ type: 'thinking_delta', thinking }));
    const signature = delta({ type: 'signature_delta', signature: block['signature'] });
    return around({ ...block, thinking: '', signature: '' }, [...steps, signature]);
  }
  if (!block.type.endsWith('tool_use')) return around(block, []);
  const steps = pieces(JSON.stringify(block['input'])).map((json) =>
    delta({ type: 'input_json_delta', partial_json: json }),
  );
  return around({ ...block, input: {} }, steps);
}

function blocks(content: string | readonly Block[]): readonly Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function textOf({ text, content = [] }: Block): string {
  return text ?? blocks(content).map(textOf).join('\n');
}
