import fc from 'fast-check';
import type { Quirks, SseEvent } from '@claudex/sdk';

/** What a field holds when a provider gets it wrong. */
const wrong = fc.constantFrom<unknown>(
  null,
  '',
  'x',
  0,
  -1,
  7.5,
  true,
  [],
  {},
  [null],
  [[]],
  { a: null },
  'constructor',
);

/** Mostly what belongs into a field. */
function field(...right: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: fc.oneof(...right) }, { weight: 1, arbitrary: wrong });
}

const word = fc.constantFrom(
  '',
  'a',
  ' ',
  '<think>',
  '</think>',
  '\n\n',
  '<tool_call>',
  '{"name": "Read"}',
  '🙂',
  '語',
);

const callPiece = fc.record(
  {
    index: field(fc.nat(2)),
    id: field(fc.constantFrom('a', 'b', 'x:1', '')),
    function: field(
      fc.record(
        {
          name: field(fc.constantFrom('Read', 'Write', '')),
          arguments: field(fc.constantFrom('', '{', '{}', '"a":1}', '}'), fc.constant({ a: 1 })),
        },
        { requiredKeys: [] },
      ),
    ),
    extra_content: field(fc.constant({ google: { thought_signature: 's' } })),
  },
  { requiredKeys: [] },
);

const detail = fc.record(
  {
    type: field(fc.constantFrom('reasoning.text', 'reasoning.summary', 'reasoning.encrypted')),
    index: field(fc.nat(1)),
    id: field(fc.constantFrom('r1', 'r2')),
    text: field(word),
    summary: field(word),
    data: field(fc.constant('secret')),
    signature: field(fc.constant('sig')),
  },
  { requiredKeys: [] },
);

const part = field(
  word,
  fc.record({ type: field(fc.constant('text')), text: field(word) }),
  fc.record({ type: fc.constant('thinking'), thinking: field(word, fc.array(fc.record({ text: field(word) }))) }),
);

const annotation = field(
  fc.record({ url_citation: field(fc.record({ url: field(fc.webUrl()), title: field(word) }, { requiredKeys: [] })) }),
);

/** A delta or message in which any field may be missing or hold nonsense. */
const answers: fc.Arbitrary<unknown> = field(
  fc.record(
    {
      content: field(word, fc.array(part, { maxLength: 3 })),
      reasoning_content: field(word),
      reasoning: field(word, fc.record({ content: field(word) })),
      reasoning_text: field(word),
      reasoning_opaque: field(word),
      reasoning_details: field(fc.array(field(detail), { maxLength: 3 })),
      refusal: field(fc.constant(null)),
      tool_calls: field(fc.array(field(callPiece), { maxLength: 3 })),
      function_call: field(fc.constant(null)),
      annotations: field(fc.array(annotation, { maxLength: 2 })),
      images: field(fc.constant([])),
    },
    { requiredKeys: [] },
  ),
);

const choice = field(
  fc.record(
    {
      index: field(fc.constant(0)),
      delta: answers,
      message: answers,
      finish_reason: field(fc.constantFrom(null, '', 'stop', 'tool_calls', 'length', 'content_filter', 'error', 'odd')),
      usage: wrong,
      error: fc.constantFrom(undefined, null, undefined, undefined, { message: 'x' }),
    },
    { requiredKeys: ['delta'] },
  ),
);

/** The body of an answer, or one event of a stream, in which any field may be missing or hold nonsense. */
export const bodies: fc.Arbitrary<object> = fc.record(
  {
    choices: field(fc.array(choice, { maxLength: 3 })),
    model: field(fc.constant('m')),
    usage: field(fc.record({ prompt_tokens: field(fc.nat()), completion_tokens: field(fc.nat()) })),
    citations: field(fc.array(field(fc.webUrl()), { maxLength: 2 })),
    search_results: field(fc.array(field(fc.record({ url: field(fc.webUrl()) })), { maxLength: 2 })),
    x_groq: wrong,
    base_resp: wrong,
  },
  { requiredKeys: ['choices'] },
);

/** The events of a stream that may end anywhere, contain anything and be no JSON at all. */
export const streams: fc.Arbitrary<SseEvent[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: bodies.map((value) => ({ data: JSON.stringify(value) })) },
    { weight: 1, arbitrary: fc.constantFrom({ data: '[DONE]' }, { data: '' }, { data: '{"choi' }, { data: 'null' }) },
  ),
  { maxLength: 10 },
);

/** Quirks that change how answers are read. */
export const quirks: fc.Arbitrary<Quirks> = fc.record({
  thinkTags: fc.constantFrom<NonNullable<Quirks['thinkTags']>[]>(false, true, 'opening-omitted'),
  toolCallMarkup: fc.boolean(),
  reasoningDetails: fc.constantFrom('deltas', 'snapshots'),
  webSearch: fc.constantFrom('none', 'tool'),
});
