import { expect } from 'chai';
import type { CanonicalEvent, SseEvent } from '@claudex/sdk';
import {
  assembleMessage,
  checkGrammar,
  interleavings,
  parseSse,
  randomChunks,
  runMachine,
  singleBytes,
  truncations,
} from '@claudex/sdk/testing';
import { decodeStream } from '../src/stream.ts';
import { decode, knownContext } from './support/decode.ts';
import { completed, CREATED, done, functionCall, message, reasoning } from './support/events.ts';

const ITEMS: readonly (readonly SseEvent[])[] = [
  reasoning(0, ['Überlegen', '思考 🤔'], 'secret'),
  message(1, 'héllo 🌍 wörld', { phase: 'commentary' }),
  functionCall(2, 'a', '{"path":"/tmp/é 🗂"}'),
  functionCall(3, 'b', '{"n":[1,2,3]}'),
  [done(4, { type: 'web_search_call', id: 'ws', action: { type: 'search', query: 'q' } })],
  message(5, 'the end'),
];

const STREAM = [CREATED, ...ITEMS.flat(), completed()];

function bytesOf(events: readonly SseEvent[], lineEnd = '\n'): string {
  return events.map(({ event, data }) => `event: ${event}${lineEnd}data: ${data}${lineEnd}${lineEnd}`).join('');
}

function run(events: readonly SseEvent[]): CanonicalEvent[] {
  return runMachine(decodeStream(knownContext()), events);
}

describe('the bytes of a stream', () => {
  it('mean the same however they are cut and framed', () => {
    const expected = decode(STREAM);
    expect(run(parseSse(singleBytes(bytesOf(STREAM))))).to.deep.equal(expected);
    for (let seed = 0; seed < 20; seed += 1)
      expect(run(parseSse(randomChunks(bytesOf(STREAM), seed)))).to.deep.equal(expected);
    expect(run(parseSse(bytesOf(STREAM, '\r\n')))).to.deep.equal(expected);
    const bare = STREAM.map(({ data }) => `: comment\nretry: 5\ndata:${data}\n\n`).join('');
    expect(run(parseSse(bare))).to.deep.equal(expected);
  });

  it('never mean an end that did not come', () => {
    for (const cut of truncations(STREAM)) {
      const events = run(cut);
      expect(checkGrammar(events)).to.deep.equal([]);
      expect(events.filter(({ type }) => type === 'error')).to.have.lengthOf(1);
      expect(events.some(({ type }) => type === 'message_stop')).to.equal(false);
    }
  });
});

describe('items that arrive interleaved', () => {
  const ordered = assembleMessage(run(STREAM)).content;
  const known = new Map(ordered.map((block) => [JSON.stringify(block), block.type]));

  it('are written whole, one after another', () => {
    for (const middle of interleavings(ITEMS, { seed: 7, count: 300 })) {
      const events = run([CREATED, ...middle, completed()]);
      expect(checkGrammar(events)).to.deep.equal([]);
      const { content } = assembleMessage(events);
      expect(content.map((block) => known.get(JSON.stringify(block)))).to.have.members([...known.values()]);
    }
  });

  it('are written whole also where they have only a place or only an id', () => {
    for (const left of ['output_index', 'item_id']) {
      const bare = ITEMS.map((item) => item.map((event) => without(event, left)));
      for (const middle of interleavings(bare, { seed: 11, count: 100 })) {
        const { content } = assembleMessage(run([CREATED, ...middle, completed()]));
        expect(content.map((block) => known.get(JSON.stringify(block)))).to.have.members([...known.values()]);
      }
    }
  });
});

function without({ data, ...rest }: SseEvent, field: string): SseEvent {
  const { [field]: _left, ...fields } = JSON.parse(data) as { [field: string]: unknown };
  return { ...rest, data: JSON.stringify(fields) };
}
