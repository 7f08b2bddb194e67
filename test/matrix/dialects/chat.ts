import type { Dialect } from '../support/dialect.ts';
import { pieces } from '../support/dialect.ts';
import type { SeenConversation, SpokenAnswer } from '../support/conversation.ts';

interface Part {
  readonly type: string;
  readonly text?: string;
}

interface ChatMessage {
  readonly role: string;
  readonly content?: string | readonly Part[] | null;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
  readonly reasoning_content?: string;
}

interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly stream?: boolean;
  readonly response_format?: unknown;
  readonly reasoning_effort?: unknown;
  readonly web_search_options?: unknown;
}

/** Chat Completions with `reasoning_content`, as DeepSeek and its like speak it. The reasoning text is the state. */
export const chat: Dialect = {
  title: 'Chat Completions',
  profile: { provider_type: 'OpenAICompatible', basePath: '/v1', quirks: { webSearch: 'options' } },
  path: '/v1/chat/completions',
  read(body, headers): SeenConversation {
    const request = body as ChatRequest;
    const spoken = request.messages.filter(({ role }) => role === 'assistant');
    const heard = request.messages.filter(({ role }) => role === 'user' || role === 'tool');
    return {
      headers,
      turns: spoken.length,
      userText: heard.map(textOf).join('\n'),
      images: heard.flatMap(partsOf).filter(({ type }) => type === 'image_url').length,
      results: heard
        .filter(({ role }) => role === 'tool')
        .map((message) => ({ id: message.tool_call_id ?? '', text: textOf(message) })),
      callIds: spoken.flatMap(({ tool_calls: calls }) => (calls ?? []).map(({ id }) => id)),
      tools: (request.tools ?? []).map((tool) => tool.function.name),
      maySearch: request.web_search_options !== undefined,
      asksForShape: request.response_format !== undefined,
      effort: request.reasoning_effort,
      states: spoken.flatMap(({ reasoning_content: state }) => (state === undefined ? [] : [state])),
      streamed: request.stream === true,
    };
  },
  whole(answer, model, n) {
    return {
      id: `chatcmpl-${n}`,
      object: 'chat.completion',
      created: 1_790_000_000,
      model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: answer.text ?? null,
            ...(answer.reasoning && { reasoning_content: answer.reasoning.text }),
            ...(answer.calls && { tool_calls: callsOf(answer, n).map(({ index: _index, ...call }) => call) }),
            ...(answer.search && { annotations: annotationsOf(answer) }),
          },
          finish_reason: finishOf(answer),
        },
      ],
      usage: USAGE,
    };
  },
  stream(answer, model, n) {
    const deltas: unknown[] = [{ role: 'assistant', content: '' }];
    if (answer.reasoning) deltas.push(...pieces(answer.reasoning.text).map((text) => ({ reasoning_content: text })));
    deltas.push(...pieces(answer.text ?? '').map((content) => ({ content })));
    if (answer.search) deltas.push({ annotations: annotationsOf(answer) });
    const calls = callsOf(answer, n);
    for (const { function: whole, ...call } of calls)
      deltas.push({ tool_calls: [{ ...call, function: { name: whole.name, arguments: '' } }] });
    const parts = calls.map((call) => pieces(call.function.arguments));
    for (let round = 0; round < Math.max(0, ...parts.map(({ length }) => length)); round += 1) {
      for (const { index } of calls) {
        const part = parts[index]?.[round];
        if (part !== undefined) deltas.push({ tool_calls: [{ index, function: { arguments: part } }] });
      }
    }
    const chunk = (choices: unknown[], usage: unknown = null): string =>
      `data: ${JSON.stringify({ id: `chatcmpl-${n}`, object: 'chat.completion.chunk', model, choices, usage })}\n\n`;
    return [
      ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
      chunk([{ index: 0, delta: {}, finish_reason: finishOf(answer) }]),
      chunk([], USAGE),
      'data: [DONE]\n\n',
    ];
  },
  overflow: (tokens, maximum) => ({
    error: {
      message: `This model's maximum context length is ${maximum} tokens. However, your messages resulted in ${tokens} tokens.`,
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  }),
};

const USAGE = { prompt_tokens: 1200, completion_tokens: 30, total_tokens: 1230 };

function callsOf(answer: SpokenAnswer, n: number) {
  return (answer.calls ?? []).map(({ name, input }, index) => ({
    index,
    id: `call_${n}_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
}

function annotationsOf({ search, text = '' }: SpokenAnswer): unknown[] {
  if (!search) return [];
  const { url, title } = search;
  return [{ type: 'url_citation', url_citation: { url, title, start_index: 0, end_index: text.length } }];
}

function finishOf(answer: SpokenAnswer): string {
  return answer.calls ? 'tool_calls' : 'stop';
}

function partsOf({ content }: ChatMessage): readonly Part[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
}

function textOf(message: ChatMessage): string {
  return partsOf(message)
    .map(({ text = '' }) => text)
    .join('\n');
}
