import type { CanonicalEvent, SseEvent } from '@claudex/sdk';
import { runMachine } from '@claudex/sdk/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { decodeStream } from '../src/stream.ts';
import { knownContext } from './support/decode.ts';
import { added, completed, CREATED, delta, done } from './support/events.ts';

const CALLS = [0, 1].map((place) => ({
  id: `fc_${place}`,
  type: 'function_call',
  call_id: `call_${place}`,
  name: 'Read',
}));

/** Pieces of everything that grows, on items whose ids are stable, change or are missing. */
const piece = fc
  .record({
    kind: fc.constantFrom('output_text', 'refusal', 'reasoning_summary_text', 'function_call_arguments'),
    place: fc.nat(3),
    text: fc.oneof(fc.constantFrom('a', ' the', '{"x":1}', '\n', '"', ''), fc.string({ maxLength: 20 })),
    id: fc.constantFrom<string | undefined>('one', 'one', 'one', 'two', undefined),
    part: fc.constantFrom(0, 0, 0, 1),
    padding: fc.constantFrom<string | undefined>('xyz', 'abcdefgh', '', undefined),
  })
  .map(({ kind, place, text, id, part, padding }) =>
    delta(kind, place, text, {
      ...(id !== undefined && { item_id: `${id}_${place}` }),
      ...(kind === 'reasoning_summary_text' ? { summary_index: part } : { content_index: part }),
      ...(padding !== undefined && { obfuscation: padding }),
    }),
  );

/** Several alike in a row, as they come. */
const run = fc
  .tuple(piece, fc.array(fc.constantFrom('b', ' of', 'ö', 'x\ny', 'longer than a piece'), { maxLength: 6 }))
  .map(([first, texts]) => [first, ...texts.map((text) => again(first, text))]);

describe('a stream whose events are alike', () => {
  it('means what it would mean if each of them was parsed', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), fc.boolean(), (runs, announced) => {
        const calls = announced ? CALLS.map((item, place) => added(place, item)) : [];
        const ended = announced ? CALLS.map((item, place) => done(place, item)) : [];
        const events = [CREATED, ...calls, ...runs.flat(), ...ended, completed()];
        expect(decoded(events)).to.deep.equal(decoded(events.map(unlike)));
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it('means nothing else where one of them is named an error or is cut', () => {
    const alike = ['one', ' two', ' three'].map((text) => delta('output_text', 0, text, { item_id: 'msg' }));
    const [first, second, third] = alike as [SseEvent, SseEvent, SseEvent];
    for (const broken of [
      { event: 'error', data: third.data },
      { ...third, data: third.data.slice(0, -1) },
      { ...third, data: `${third.data}}` },
    ]) {
      const events = decoded([CREATED, first, second, broken]);
      expect(events.filter(({ type }) => type === 'content_block_delta')).to.have.length(2);
      expect(events.at(-1)?.type).to.equal('error');
    }
  });
});

function decoded(events: readonly SseEvent[]): CanonicalEvent[] {
  return runMachine(decodeStream(knownContext()), events);
}

function again(event: SseEvent, text: string): SseEvent {
  return { ...event, data: JSON.stringify({ ...(JSON.parse(event.data) as object), delta: text }) };
}

/** The same event with so many spaces before it that it is like no other. */
function unlike(event: SseEvent, index: number): SseEvent {
  return { ...event, data: ' '.repeat(index + 1) + event.data };
}
