import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { checkGrammar, parseSse, randomChunks, seededRandom, singleBytes, truncations } from '@claudex/sdk/testing';
import { chatFiles, decodeEvents, readBody } from './support/chat-recordings.ts';

/** Streams up to this size, in bytes, are cut everywhere. */
const SMALL = 4096;
/** How often a larger one is cut. */
const CUTS = 300;
/** At the end of the bytes the proxy takes what is left for an event. Some streams were cut behind their last one. */
const REST = Buffer.from('\n\n');
/** Longest piece of a stream in random pieces, in bytes. */
const LONGEST_PIECES = [7, 100, 5000];

describe('the bytes of recorded Chat Completions streams', function () {
  const { streams } = chatFiles();
  if (streams.length === 0) {
    it.skip('needs the recordings');
    return;
  }

  for (const [position, file] of streams.entries()) {
    it(`mean the same however ${file} is cut into pieces`, () => {
      const bytes = Buffer.concat([readBody(file), REST]);
      const whole = JSON.stringify(decodeEvents(parseSse([bytes])));
      const ways = [singleBytes(bytes), ...LONGEST_PIECES.map((longest) => randomChunks(bytes, position, longest))];
      for (const pieces of ways) expect(JSON.stringify(decodeEvents(parseSse(pieces)))).to.equal(whole);
    });

    it(`never make up an end of ${file}`, () => {
      const bytes = readBody(file);
      for (const events of truncations(parseSse([bytes, REST]))) expectEnd(events);
      for (const offset of offsetsOf(bytes.length, position)) expectEnd(parseSse([bytes.subarray(0, offset), REST]));
    });
  }
});

/** A sound stream, and a failure unless the provider has finished. */
function expectEnd(events: readonly SseEvent[]): void {
  const decoded = decodeEvents(events);
  expect(checkGrammar(decoded)).to.deep.equal([]);
  if (!events.some(finishes)) expect(decoded.at(-1)?.type).to.equal('error');
}

function finishes({ data }: SseEvent): boolean {
  return data === '[DONE]' || (/"finish_reason": ?"[^"]/.test(data) && parseJson(data) !== undefined);
}

/** Every offset of a small stream, some of a large one. */
function offsetsOf(size: number, seed: number): number[] {
  if (size <= SMALL) return Array.from({ length: size }, (_, offset) => offset);
  const random = seededRandom(seed);
  return Array.from({ length: CUTS }, () => Math.floor(random() * size));
}
