import fc from 'fast-check';
import type { Json, JsonObject } from '@claudex/sdk';

/*
 * Requests as clients of Anthropic Messages can send them, sensible or not: every kind of block anywhere, orphan and
 * repeated results, odd names and ids, unknown blocks and fields.
 */

/** Any JSON value as it is once it was written: a zero has no sign then. */
const jsonValue = (maxDepth: number): fc.Arbitrary<Json> =>
  fc.jsonValue({ maxDepth }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

const text = fc.string({ unit: 'binary', maxLength: 24 });
const id = fc.constantFrom('toolu_1', 'toolu_2', 'call:3|fc/#?', 'functions.Read:0', 'x'.repeat(80), 'ä');
const name = fc.constantFrom('Read', 'Bash', 'mcp__a.b__c d', 'n'.repeat(70), 'Größe', '__proto__', 'constructor');
const cache = fc.record({ cache_control: fc.constant({ type: 'ephemeral' }) }, { requiredKeys: [] });

function block(fields: { readonly [field: string]: fc.Arbitrary<unknown> | string }): fc.Arbitrary<JsonObject> {
  const arbitraries = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, typeof value === 'string' ? fc.constant(value) : value]),
  );
  return fc
    .tuple(fc.record(arbitraries, { noNullPrototype: true }), cache)
    .map(([one, other]): JsonObject => ({ ...(one as JsonObject), ...(other as JsonObject) }));
}

const source = fc.oneof(
  block({ type: 'base64', media_type: 'image/png', data: fc.base64String({ minLength: 4, maxLength: 12 }) }),
  block({ type: 'url', url: fc.webUrl() }),
);
const textBlock = block({ type: 'text', text });
const image = block({ type: 'image', source });
const document = block({
  type: 'document',
  source: fc.oneof(
    block({ type: 'text', media_type: 'text/plain', data: text }),
    block({ type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQK' }),
    block({ type: 'content', content: fc.array(textBlock, { maxLength: 2 }) }),
  ),
});
const result = block({
  type: 'tool_result',
  tool_use_id: id,
  content: fc.oneof(text, fc.array(fc.oneof(textBlock, image, document), { maxLength: 3 })),
  is_error: fc.boolean(),
});
const said = fc.oneof(
  { weight: 3, arbitrary: textBlock },
  {
    weight: 3,
    arbitrary: block({ type: 'tool_use', id, name, input: fc.dictionary(text, jsonValue(1)) }),
  },
  block({ type: 'thinking', thinking: text, signature: fc.constantFrom('', 'c2ln', 'claudex.openai-chat.2.x.y') }),
  block({ type: 'redacted_thinking', data: 'c2ln' }),
  block({ type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: fc.constant({ query: 'q' }) }),
);
const heard = fc.oneof(
  { weight: 3, arbitrary: textBlock },
  { weight: 3, arbitrary: result },
  image,
  document,
  block({ type: 'x_unknown', a: jsonValue(1) }),
);

const turn = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ role: fc.constant('user'), content: fc.oneof(text, fc.array(heard, { maxLength: 4 })) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ role: fc.constant('assistant'), content: fc.oneof(text, fc.array(said, { maxLength: 4 })) }),
  },
  fc.record({ role: fc.constant('system'), content: fc.oneof(text, fc.array(textBlock, { maxLength: 2 })) }),
);

const schema = fc.oneof(
  fc.constant({ type: 'object', properties: { path: { type: 'string', pattern: '^/' }, pattern: { type: 'string' } } }),
  fc.constant({
    anyOf: [
      { type: 'object', properties: { a: {} } },
      { type: 'object', properties: { b: {} } },
    ],
  }),
  fc.constant({ $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { self: { $ref: '#/$defs/a' } } } } }),
  fc.dictionary(fc.constantFrom('type', 'properties', 'enum', 'const', 'allOf', 'x'), jsonValue(2)),
);

const tool = fc.oneof(
  { weight: 4, arbitrary: block({ name, description: text, input_schema: schema, defer_loading: fc.boolean() }) },
  block({ type: 'web_search_20250305', name: 'web_search', max_uses: fc.constant(3) }),
);

/** A body of `POST /v1/messages`. */
export const wireRequest = fc.record(
  {
    model: fc.constantFrom('gpt-5.5', 'claude-opus-5-5'),
    messages: fc.array(turn, { minLength: 1, maxLength: 7 }),
    max_tokens: fc.integer({ min: 1, max: 200_000 }),
    system: fc.oneof(text, fc.array(textBlock, { maxLength: 3 })),
    tools: fc.array(tool, { maxLength: 4 }),
    tool_choice: fc.oneof(
      fc.constantFrom({ type: 'auto' }, { type: 'any', disable_parallel_tool_use: true }, { type: 'none' }),
      name.map((wanted) => ({ type: 'tool', name: wanted })),
    ),
    thinking: fc.constantFrom({ type: 'adaptive', display: 'updates' }, { type: 'enabled', budget_tokens: 31_999 }),
    output_config: fc.constantFrom(
      { effort: 'high' },
      { effort: 'max' },
      { format: { type: 'json_schema', schema: {} } },
    ),
    stop_sequences: fc.array(text, { maxLength: 6 }),
    temperature: fc.constantFrom(0, 1),
    metadata: fc.constant({ user_id: '{"device_id":"d","session_id":"s"}' }),
    stream: fc.boolean(),
    x_unknown: jsonValue(1),
  },
  { requiredKeys: ['model', 'messages', 'max_tokens'], noNullPrototype: true },
) as unknown as fc.Arbitrary<JsonObject>;
