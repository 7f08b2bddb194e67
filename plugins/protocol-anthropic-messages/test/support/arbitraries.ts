import * as fc from 'fast-check';
import type {
  BlockDelta,
  CacheControl,
  CanonicalEvent,
  CanonicalRequest,
  ContentBlock,
  JsonObject,
  OpeningBlock,
  StopReason,
  Tool,
  Usage,
} from '@claudex/sdk';

const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const json = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<JsonObject>;
const count = fc.integer({ min: 1, max: 1_000_000 });
const signature = fc.stringMatching(/^[A-Za-z0-9+/=]{1,20}$/);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });

/** Fields that are there or not, never there and undefined. */
function fields<Required extends object, Optional extends object>(
  required: { [Key in keyof Required]: fc.Arbitrary<Required[Key]> },
  optional: { [Key in keyof Optional]: fc.Arbitrary<Optional[Key]> },
) {
  const model = { ...required, ...optional } as { [Key in keyof (Required & Optional)]: fc.Arbitrary<never> };
  return fc.record(model, {
    requiredKeys: Object.keys(required) as never[],
    noNullPrototype: true,
  }) as unknown as fc.Arbitrary<Required & Partial<Optional>>;
}

const cacheControl = fields<CacheControl, Pick<CacheControl, 'ttl'>>(
  { type: fc.constant('ephemeral' as const) },
  { ttl: fc.constantFrom('5m' as const, '1h' as const) },
);
const base = { cache_control: cacheControl };
const usage = fields<Usage, Pick<Usage, 'cache_read_input_tokens' | 'cache_creation_input_tokens'>>(
  { input_tokens: count, output_tokens: count },
  { cache_read_input_tokens: count, cache_creation_input_tokens: count },
) as fc.Arbitrary<Usage>;

const source = fc.oneof(
  fc.record(
    { type: fc.constant('base64'), media_type: fc.constant('image/png'), data: text },
    { noNullPrototype: true },
  ),
  fc.record({ type: fc.constant('url'), url: fc.webUrl() }, { noNullPrototype: true }),
  fc.record({ type: fc.constant('file'), file_id: name }, { noNullPrototype: true }),
);

function literal<const Value>(value: Value) {
  return fc.constant(value);
}

const leaf: fc.Arbitrary<ContentBlock> = fc.oneof(
  fields({ type: literal('text'), text }, { ...base, citations: fc.constant([{ type: 'page_location', start: 1 }]) }),
  fields({ type: literal('image'), source }, base),
  fields({ type: literal('document'), source }, { ...base, title: text, context: text }),
  fields({ type: literal('tool_reference'), tool_name: name }, base),
) as fc.Arbitrary<ContentBlock>;

const block: fc.Arbitrary<ContentBlock> = fc.oneof(
  leaf,
  fields({ type: literal('thinking'), thinking: text, signature }, {}),
  fields({ type: literal('redacted_thinking'), data: signature }, {}),
  fields({ type: literal('tool_use'), id: name, name, input: json }, base),
  fields(
    { type: literal('tool_result'), tool_use_id: name, content: fc.array(leaf, { maxLength: 3 }) },
    { ...base, is_error: fc.boolean() },
  ),
  fields(
    { type: literal('server_tool_use'), id: name.map((id) => `srvtoolu_${id}`), name, input: json },
    { server_name: name },
  ),
  fields(
    {
      type: literal('server_tool_result'),
      result_type: name.map((tool) => `${tool}_tool_result`),
      tool_use_id: name.map((id) => `srvtoolu_${id}`),
      content: json,
    },
    { is_error: fc.boolean() },
  ),
  name.map((type): ContentBlock => ({
    type: 'opaque',
    protocol: 'anthropic-messages',
    value: { type: `x_${type}`, a: [1] },
  })),
);

const tool: fc.Arbitrary<Tool> = fc.oneof(
  fields(
    { kind: literal('client'), name, input_schema: json },
    { ...base, description: text, defer_loading: fc.boolean() },
  ),
  name.map((type): Tool => ({
    kind: 'server',
    type: `${type}_2026`,
    name: type,
    declaration: { type: `${type}_2026`, name: type },
  })),
);

const message = fields(
  { role: fc.constantFrom('user', 'assistant', 'system'), content: fc.array(block, { maxLength: 4 }) },
  {},
);

/** Requests that an Anthropic client could have made. */
export const canonicalRequest: fc.Arbitrary<CanonicalRequest> = fields(
  {
    model: name,
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    system: fc.array(fields({ type: literal('text'), text }, base), { maxLength: 2 }),
    tools: fc.array(tool, { maxLength: 3 }),
    stream: fc.boolean(),
    client: fc.constant({ betas: [] }),
    other: fc.dictionary(
      name.map((field) => `x_${field}`),
      fc.jsonValue({ maxDepth: 1 }),
      { noNullPrototype: true },
    ),
  },
  {
    max_tokens: count,
    temperature: fc.constantFrom(0, 0.5, 1),
    top_p: fc.constantFrom(0.1, 1),
    top_k: count,
    stop_sequences: fc.array(text, { maxLength: 2 }),
    metadata: json,
    tool_choice: fc.constantFrom({ type: 'auto' }, { type: 'tool', name: 'a', disable_parallel_tool_use: true }),
    thinking: fc.constantFrom({ type: 'adaptive', display: 'updates' }, { type: 'enabled', budget_tokens: 5 }),
    output_config: fc.constantFrom({ effort: 'high' }, { format: { type: 'json_schema' } }),
  },
) as unknown as fc.Arbitrary<CanonicalRequest>;

/** One block as it streams: its opening and the steps it grows by. The id is filled in later, to be unique. */
const streamedBlock: fc.Arbitrary<{ opening: OpeningBlock; deltas: BlockDelta[] }> = fc.oneof(
  fc.array(text).map((texts) => ({
    opening: { type: 'text' as const, text: '' },
    deltas: texts.map((piece) => ({ type: 'text_delta' as const, text: piece })),
  })),
  fc.record({ texts: fc.array(text), signed: fc.option(signature) }).map(({ texts, signed }) => ({
    opening: { type: 'thinking' as const, thinking: '' },
    deltas: [
      ...texts.map((thinking) => ({ type: 'thinking_delta' as const, thinking })),
      ...(signed === null ? [] : [{ type: 'signature_delta' as const, signature: signed }]),
    ],
  })),
  fc.record({ called: name, input: json, cut: fc.nat({ max: 20 }) }).map(({ called, input, cut }) => ({
    opening: { type: 'tool_use' as const, id: '', name: called, input: {} },
    deltas: [JSON.stringify(input).slice(0, cut), JSON.stringify(input).slice(cut)].map((partial_json) => ({
      type: 'input_json_delta' as const,
      partial_json,
    })),
  })),
  signature.map((data) => ({ opening: { type: 'redacted_thinking' as const, data }, deltas: [] })),
);

const stopReason = fc.constantFrom<StopReason | null>(
  null,
  'end_turn',
  'tool_use',
  'max_tokens',
  'refusal',
  'pause_turn',
  'model_context_window_exceeded',
);

/** Sound, complete streams, with pings in between. */
export const canonicalStream: fc.Arbitrary<CanonicalEvent[]> = fc
  .record({
    id: name,
    model: name,
    usage,
    blocks: fc.array(streamedBlock, { maxLength: 5 }),
    stopReason,
    pings: fc.array(fc.nat()),
  })
  .map(({ id, model, usage: counts, blocks, stopReason: reason, pings }) => {
    const events: CanonicalEvent[] = [{ type: 'message_start', id, model, usage: counts }];
    for (const [index, { opening, deltas }] of blocks.entries()) {
      const content_block = opening.type === 'tool_use' ? { ...opening, id: `toolu_${index}` } : opening;
      events.push({ type: 'content_block_start', index, content_block });
      for (const delta of deltas) events.push({ type: 'content_block_delta', index, delta });
      events.push({ type: 'content_block_stop', index });
    }
    events.push({ type: 'message_delta', stop_reason: reason, usage: counts }, { type: 'message_stop' });
    for (const place of pings) events.splice(place % events.length, 0, { type: 'ping' });
    return events;
  });
