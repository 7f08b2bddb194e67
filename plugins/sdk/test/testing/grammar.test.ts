import { expect } from 'chai';
import type { CanonicalEvent, OpeningBlock } from '@claudex/sdk';
import { checkGrammar, isComplete, truncations } from '../../src/testing/index.ts';
import { failure, soundStream, start } from './support/events.ts';

/** The sound stream with `count` events at `position` replaced. */
function spliced(position: number, count: number, ...events: CanonicalEvent[]): CanonicalEvent[] {
  return soundStream().toSpliced(position, count, ...events);
}

const textDelta = (index: number): CanonicalEvent => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'text_delta', text: 'x' },
});

const opening = (block: OpeningBlock): CanonicalEvent[] => [
  { type: 'message_start', id: 'msg_1', model: 'm', usage: { input_tokens: 0, output_tokens: 0 } },
  start(0, block),
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', stop_reason: 'end_turn', usage: { input_tokens: 0, output_tokens: 0 } },
  { type: 'message_stop' },
];

const PLANTED: { [violation: string]: { events: CanonicalEvent[]; report: RegExp } } = {
  'an index that skips one': {
    events: spliced(7, 1, start(2, { type: 'text', text: '' })),
    report: /index 2, expected 1/,
  },
  'an index used twice': { events: spliced(7, 1, start(0, { type: 'text', text: '' })), report: /index 0, expected 1/ },
  'a second block while one is open': { events: spliced(6, 1), report: /thinking block is still open/ },
  'a delta for another index': { events: spliced(8, 1, textDelta(0)), report: /block 1 is open/ },
  'a delta outside any block': { events: spliced(7, 0, textDelta(0)), report: /no block is open/ },
  'a delta of the wrong type': { events: spliced(13, 1, textDelta(2)), report: /text_delta in a tool_use block/ },
  'a stop for another index': {
    events: spliced(11, 1, { type: 'content_block_stop', index: 0 }),
    report: /block 1 is open/,
  },
  'a block stopped twice': {
    events: spliced(12, 0, { type: 'content_block_stop', index: 1 }),
    report: /no block is open/,
  },
  'a signature in two pieces': { events: spliced(6, 0, ...soundStream().slice(5, 6)), report: /second signature/ },
  'no message_start': { events: spliced(0, 1), report: /content_block_start\): not allowed in phase "before"/ },
  'a second message_start': {
    events: spliced(7, 0, ...soundStream().slice(0, 1)),
    report: /message_start\): not allowed/,
  },
  'message_delta inside a block': { events: spliced(15, 1), report: /tool_use block is still open/ },
  'a second message_delta': {
    events: spliced(17, 0, ...soundStream().slice(16, 17)),
    report: /message_delta\): not allowed/,
  },
  'a block after message_delta': {
    events: spliced(17, 0, start(3, { type: 'text', text: '' })),
    report: /"delta-sent"/,
  },
  'message_stop without message_delta': {
    events: spliced(16, 1),
    report: /message_stop\): not allowed in phase "blocks"/,
  },
  'no message_stop': { events: spliced(17, 1), report: /without message_stop or error/ },
  'nothing at all': { events: [], report: /without message_stop or error/ },
  'an error after message_stop': { events: [...soundStream(), failure()], report: /complete already/ },
  'two errors': { events: [...soundStream().slice(0, 5), failure(), failure()], report: /comes after the error/ },
  'a stop after an error': {
    events: [...soundStream().slice(0, 5), failure(), { type: 'content_block_stop', index: 0 }],
    report: /content_block_stop\): comes after the error/,
  },
  'a ping after an error': { events: [failure(), { type: 'ping' }], report: /ping\): comes after the error/ },
  'a tool id used twice': {
    events: spliced(7, 1, start(1, { type: 'tool_use', id: 'toolu_1', name: 'a', input: {} })),
    report: /toolu_1 is used twice/,
  },
  'a tool id no client takes': {
    events: opening({ type: 'tool_use', id: 'call:1', name: 'a', input: {} }),
    report: /"call:1" is not one a client can take/,
  },
  'a text block that opens full': { events: opening({ type: 'text', text: 'x' }), report: /opens with text/ },
  'a thinking block that opens full': {
    events: opening({ type: 'thinking', thinking: '', signature: 's' }),
    report: /opens with thinking or a signature/,
  },
  'a tool block that opens full': {
    events: opening({ type: 'tool_use', id: 'a', name: 'a', input: { b: 1 } }),
    report: /opens with input/,
  },
};

describe('checkGrammar', () => {
  it('finds nothing in a sound stream', () => {
    expect(checkGrammar(soundStream())).to.deep.equal([]);
    expect(isComplete(soundStream())).to.equal(true);
  });

  it('finds nothing in any proper prefix that one error ends, and tells it from a complete stream', () => {
    let prefixes = 0;
    for (const prefix of truncations(soundStream())) {
      expect(checkGrammar([...prefix, failure()])).to.deep.equal([]);
      expect(isComplete([...prefix, failure()])).to.equal(false);
      prefixes += 1;
    }
    expect(prefixes).to.equal(soundStream().length);
  });

  it('reports every prefix that nothing ends', () => {
    for (const prefix of truncations(soundStream())) expect(checkGrammar(prefix)).to.have.lengthOf(1);
  });

  for (const [violation, { events, report }] of Object.entries(PLANTED)) {
    it(`reports ${violation}`, () => {
      expect(checkGrammar(events).join('\n')).to.match(report);
    });
  }
});
