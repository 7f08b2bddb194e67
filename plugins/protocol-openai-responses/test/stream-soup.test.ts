import { expect } from 'chai';
import fc from 'fast-check';
import type { SseEvent } from '@claudex/sdk';
import { checkGrammar, isComplete, runMachine } from '@claudex/sdk/testing';
import { ITEM_EVENTS } from '../src/answer/event-types.ts';
import { CALL_KINDS } from '../src/answer/call-kinds.ts';
import { WHOLE_ITEMS } from '../src/answer/whole-items.ts';
import { decodeResponse } from '../src/response.ts';
import { decodeStream } from '../src/stream.ts';
import { knownContext } from './support/decode.ts';

const ITEM_TYPES = ['message', 'reasoning', 'unheard_of', ...Object.keys(CALL_KINDS), ...Object.keys(WHOLE_ITEMS)];

const EVENT_TYPES = [
  ...ITEM_EVENTS.keys(),
  'response.output_item.added',
  'response.output_item.done',
  'response.content_part.added',
  'response.content_part.done',
  'response.image_generation_call.partial_image',
  'response.in_progress',
  'keepalive',
];

const END_TYPES = ['response.completed', 'response.incomplete', 'response.failed', 'error', 'response.in_progress'];

const id = fc.constantFrom('a', 'b', '', 'x.y', undefined, null, 3);
const place = fc.constantFrom(0, 1, 2, undefined, -1, 'a');
const words = fc.oneof(fc.constantFrom('', '"', '{', '{}', '\ud83d', 'text'), fc.jsonValue({ maxDepth: 2 }));
const part = fc.record(
  {
    type: fc.constantFrom('output_text', 'refusal', 'reasoning_text', 'summary_text', 7),
    text: words,
    refusal: words,
    annotations: fc.array(fc.record({ type: fc.constant('url_citation'), url: words, start_index: place })),
  },
  { requiredKeys: [] },
);
const parts = fc.oneof(fc.array(part, { maxLength: 3 }), words);

const item = fc.record(
  {
    type: fc.constantFrom(...ITEM_TYPES, 3),
    id,
    call_id: id,
    name: words,
    arguments: words,
    input: words,
    content: parts,
    summary: parts,
    encrypted_content: words,
    phase: words,
    namespace: words,
    action: words,
    operation: words,
    code: words,
    outputs: words,
    output: words,
    result: words,
    error: words,
    status: words,
    environment: words,
    execution: words,
    tools: words,
  },
  { requiredKeys: ['type'] },
);

const answer = fc.record(
  {
    model: words,
    status: fc.constantFrom('completed', 'incomplete', 'in_progress', 'odd', null),
    output: fc.oneof(fc.array(item, { maxLength: 5 }), words),
    usage: fc.oneof(words, fc.record({ input_tokens: words, output_tokens: words, total_tokens: words })),
    incomplete_details: words,
    error: fc.constantFrom(null, undefined, { message: 'x' }, 'x'),
  },
  { requiredKeys: [] },
);

const fields = {
  output_index: place,
  item_id: id,
  content_index: place,
  summary_index: place,
  command_index: place,
  item: fc.oneof({ weight: 4, arbitrary: item }, { weight: 1, arbitrary: words }),
  part: fc.oneof(part, words),
  annotation: words,
  delta: words,
  text: words,
  arguments: words,
  command: words,
  output: words,
  response: fc.oneof(answer, words),
};

const known = fc.record({ type: fc.constantFrom(...EVENT_TYPES), ...fields }, { requiredKeys: ['type'] });
const ending = fc.record({ type: fc.constantFrom(...END_TYPES), response: answer });
const soup = fc.tuple(fc.array(known, { maxLength: 25 }), ending);

function framed(event: object): SseEvent {
  return { data: JSON.stringify(event) };
}

describe('anything a server can send', () => {
  it('never breaks the grammar of a stream', () => {
    fc.assert(
      fc.property(soup, ([events, end]) => {
        const decoded = runMachine(decodeStream(knownContext()), [...events, end].map(framed));
        expect(checkGrammar(decoded)).to.deep.equal([]);
        const cut = runMachine(decodeStream(knownContext()), events.map(framed));
        expect(checkGrammar(cut)).to.deep.equal([]);
        expect(isComplete(cut)).to.equal(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read or refused as a whole answer', () => {
    fc.assert(
      fc.property(fc.oneof(answer, fc.dictionary(fc.string(), fc.jsonValue())), (body) => {
        const wire = JSON.parse(JSON.stringify(body)) as Parameters<typeof decodeResponse>[0];
        const decoded = decodeResponse(wire, knownContext());
        if ('fault' in decoded) expect(decoded.fault.message).to.be.a('string');
        else expect(decoded.response.stop_reason).to.be.a('string');
      }),
      { numRuns: 1000 },
    );
  });
});
