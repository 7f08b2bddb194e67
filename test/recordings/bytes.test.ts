import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { checkGrammar, parseSse, randomChunks, seededRandom, singleBytes, truncations } from '@claudex/sdk/testing';
import { decode, readStream, RECORDED, REST, type Recorded } from './support/recorded-streams.ts';

/** Streams up to this size, in bytes, are cut everywhere. */
const SMALL = 4096;
/** How often a larger one is cut. */
const CUTS = 300;
/** Longest piece of a stream in random pieces, in bytes. */
const LONGEST_PIECES = [7, 100, 5000];

for (const recorded of RECORDED) {
  describe(`the bytes of recorded streams of ${recorded.protocol.title}`, function () {
    if (recorded.streams.length === 0) {
      it.skip('needs the recordings');
      return;
    }

    for (const [position, file] of recorded.streams.entries()) {
      it(`mean the same however ${file} is cut into pieces`, () => {
        const bytes = Buffer.concat([readStream(file), REST]);
        const whole = JSON.stringify(decode(recorded, parseSse([bytes])));
        const ways = [singleBytes(bytes), ...LONGEST_PIECES.map((longest) => randomChunks(bytes, position, longest))];
        for (const pieces of ways) expect(JSON.stringify(decode(recorded, parseSse(pieces)))).to.equal(whole);
      });

      it(`never make up an end of ${file}`, () => {
        const bytes = readStream(file);
        for (const events of truncations(parseSse([bytes, REST]))) expectEnd(recorded, events);
        for (const offset of offsetsOf(bytes.length, position))
          expectEnd(recorded, parseSse([bytes.subarray(0, offset), REST]));
      });
    }
  });
}

/** A sound stream, and a failure unless the provider has finished. */
function expectEnd(recorded: Recorded, events: readonly SseEvent[]): void {
  const decoded = decode(recorded, events);
  expect(checkGrammar(decoded)).to.deep.equal([]);
  if (events.some((event) => recorded.finishes(event))) return;
  expect(decoded.filter(({ type }) => type === 'error')).to.have.lengthOf(1);
  expect(decoded.at(-1)?.type).to.equal('error');
}

/** Every offset of a small stream, some of a large one. */
function offsetsOf(size: number, seed: number): number[] {
  if (size <= SMALL) return Array.from({ length: size }, (_, offset) => offset);
  const random = seededRandom(seed);
  return Array.from({ length: CUTS }, () => Math.floor(random() * size));
}
