import type { CanonicalRequest, CodecContext, ContentBlock, JsonObject, Message, Quirks, Tool } from '@claudex/sdk';
import { sealState, stateKey } from '@claudex/sdk/codec';
import { contextOf, PNG, tool } from '@claudex/sdk/testing';
import fc from 'fast-check';

/** Everything a codec is handed, with an origin whose reasoning can be handed back. */
export function contextWith(request: Partial<CanonicalRequest>, quirks: Quirks = {}): CodecContext {
  return { ...contextOf(request, quirks), origin: 'acme', session: 'a-session' };
}

/** A block of reasoning of that origin. */
function sealed(thinking: string, state: JsonObject): ContentBlock {
  const key = stateKey('openai-chat', contextWith({}));
  return { type: 'thinking', thinking, signature: key === undefined ? '' : sealState(key, state) };
}

/** Every entry that changes how messages and tools are written, except breakpoints, which move on purpose. */
export const quirks: fc.Arbitrary<Quirks> = fc.record<Quirks, never>(
  {
    midConversationSystem: fc.constantFrom('user', 'keep'),
    textAfterToolResults: fc.constantFrom('message', 'append'),
    toolCallIdMaxLength: fc.constantFrom(9, 40),
    images: fc.boolean(),
    documents: fc.constantFrom('file', 'document_url', 'none'),
    reasoningReplay: fc.constantFrom('received', 'reasoning_content', 'reasoning', 'reasoning_details', 'tags', 'none'),
    missingReasoning: fc.constantFrom('omit', 'empty', 'always'),
    toolResultMedia: fc.constantFrom('message', 'inline'),
    imageUrls: fc.boolean(),
    placeholderTool: fc.boolean(),
    toolChoiceNone: fc.boolean(),
    schemaDialect: fc.constantFrom('full', 'plain-root', 'gemini', 'kimi', 'strict', 'grammar'),
    responseFormat: fc.constantFrom('json_schema', 'json_object', 'none'),
    parallelToolCalls: fc.boolean(),
    forcedToolChoice: fc.boolean(),
    webSearch: fc.constantFrom('none', 'options', 'openrouter-plugin'),
  },
  { requiredKeys: [] },
);

const id = fc.constantFrom('a', 'b', 'c', 'call:d|1', 'x'.repeat(64));
const mark = fc.constantFrom({}, {}, { cache_control: { type: 'ephemeral' } as const });
const MARKUP: ContentBlock[] = [
  PNG,
  { type: 'image', source: { type: 'file', file_id: 'f' } },
  { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } },
  { type: 'document', title: '', source: { type: 'content', content: [{ type: 'text', text: '' }] } },
  { type: 'tool_reference', tool_name: 'Late' },
  { type: 'thinking', thinking: 'hm' },
  { type: 'redacted_thinking', data: 'x' },
  sealed('hm', { field: 'reasoning' }),
  sealed('hm', { field: 'content' }),
  sealed('hm', { field: 'tags' }),
  sealed('', { field: 'reasoning_content' }),
  sealed('hm', { field: 'reasoning_details', details: [{ type: 'reasoning.text' }], lengths: [2] }),
  sealed('', { field: 'reasoning_opaque', value: 'AAAA', text: false }),
  sealed('', { field: 'extra_content', call: 'a', value: { google: {} } }),
  { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } },
  { type: 'server_tool_result', result_type: 'web_search_tool_result', tool_use_id: 's', content: [] },
  { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'novel' } },
];
const text = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('\ud83d', '\u0000', ' '));
const leaf = fc.oneof(
  text.map((value): ContentBlock => ({ type: 'text', text: value })),
  fc.constantFrom(...MARKUP),
);
const call = fc
  .tuple(id, fc.constantFrom('Read', 'Late', 'mcp.x/y'), fc.dictionary(text, text, { maxKeys: 2 }))
  .map(([value, name, input]): ContentBlock => ({ type: 'tool_use', id: value, name, input }));
const result = fc
  .tuple(id, fc.array(leaf, { maxLength: 2 }), fc.boolean())
  .map(([value, content, failed]): ContentBlock => ({
    type: 'tool_result',
    tool_use_id: value,
    content,
    is_error: failed,
  }));

/** A message in which anything stands anywhere. */
export const anyMessage: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom('user', 'assistant', 'system'),
  content: fc.array(
    fc.tuple(fc.oneof(leaf, call, result), mark).map(([block, marks]) => ({ ...block, ...marks })),
    { maxLength: 4 },
  ),
});

const deferred = ['Late', 'Later', 'Last'];

/** Tools of every kind, some of which are found only later. */
export const TOOLS: readonly Tool[] = [
  ...deferred.map((name) => tool(name, { defer_loading: true })),
  tool('Read'),
  tool('mcp.x/y', { input_schema: { anyOf: [{ type: 'object' }], properties: { format: { format: 'uri' } } } }),
  { kind: 'server', type: 'web_search_20250305', name: 'web_search', declaration: {} },
];

/** One step of an orderly conversation: what the user says, and what the assistant answers and calls. */
export interface Step {
  readonly said: readonly ('text' | 'image' | 'instruction')[];
  readonly reasons: boolean;
  readonly answers: boolean;
  /** One for each call: whether it is answered, and what its result consists of. */
  readonly calls: readonly { readonly answered: boolean; readonly content: readonly ('text' | 'image' | 'tool')[] }[];
}

export const step: fc.Arbitrary<Step> = fc.record({
  said: fc.array(fc.constantFrom('text', 'image', 'instruction'), { minLength: 1, maxLength: 3 }),
  reasons: fc.boolean(),
  answers: fc.boolean(),
  calls: fc.array(
    fc.record({
      answered: fc.boolean(),
      content: fc.array(fc.constantFrom('text', 'image', 'tool'), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});

/** The messages of the steps, and what the user said in them, in order. A picture's data is its name. */
export function conversationOf(steps: readonly Step[]): { messages: Message[]; said: string[]; results: string[] } {
  let count = 0;
  const name = (kind: string): string => `${kind}${(count += 1)}.`;
  const messages: Message[] = [];
  const said: string[] = [];
  const results: string[] = [];
  let open: ContentBlock[] = [];
  for (const { said: kinds, reasons, answers, calls } of steps) {
    const content = open;
    messages.push({ role: 'user', content });
    for (const kind of kinds) {
      said.push(name(kind));
      if (kind === 'instruction') messages.push({ role: 'system', content: [piece('text', said.at(-1) ?? '')] });
      else messages.push({ role: 'user', content: [piece(kind, said.at(-1) ?? '')] });
    }
    const ids = calls.map(() => name('call'));
    messages.push({
      role: 'assistant',
      content: [
        ...(reasons ? [sealed('hm', { field: 'reasoning' })] : []),
        ...(answers || calls.length === 0 ? [piece('text', name('answer'))] : []),
        ...ids.map((value): ContentBlock => ({ type: 'tool_use', id: value, name: 'Read', input: {} })),
      ],
    });
    open = calls.flatMap(({ answered, content: parts }, index): ContentBlock[] => {
      if (!answered) return [];
      const blocks = parts.map((kind): ContentBlock => {
        if (kind === 'tool') return { type: 'tool_reference', tool_name: deferred[(count += 1) % 3] ?? '' };
        results.push(name(kind));
        return piece(kind, results.at(-1) ?? '');
      });
      return [{ type: 'tool_result', tool_use_id: ids[index] ?? '', content: blocks }];
    });
    // The client may hand results over in any order.
    open.reverse();
  }
  said.push(name('text'));
  messages.push({ role: 'user', content: [...open, piece('text', said.at(-1) ?? '')] });
  return { messages, said, results };
}

function piece(kind: 'text' | 'image', value: string): ContentBlock {
  return kind === 'text'
    ? { type: 'text', text: value }
    : { type: 'image', source: { type: 'base64', media_type: 'image/png', data: value } };
}
