import { expect } from 'chai';
import type { Machine } from '@claudex/sdk';
import {
  interleavings,
  parseSse,
  randomChunks,
  runMachine,
  seededRandom,
  singleBytes,
  splitEverywhere,
  truncations,
} from '../../src/testing/index.ts';

const decode = (chunks: Iterable<Uint8Array>): string => Buffer.concat([...chunks]).toString('utf8');

describe('runMachine', () => {
  it('collects what every push and the end give, in order', () => {
    const held: number[] = [];
    const pairs: Machine<number, string> = {
      push: (input) => (held.push(input) === 2 ? [held.splice(0).join('+')] : []),
      end: () => held.map(String),
    };
    expect(runMachine(pairs, [1, 2, 3])).to.deep.equal(['1+2', '3']);
  });
});

describe('parseSse', () => {
  it('reads names, joined data lines and every line ending', () => {
    expect(parseSse('event: a\ndata: 1\ndata:2\n\ndata:  3\r\n\r\nevent:b\rdata\r\r')).to.deep.equal([
      { event: 'a', data: '1\n2' },
      { data: ' 3' },
      { event: 'b', data: '' },
    ]);
  });

  it('skips comments, other fields, a byte order mark, events without data and what no blank line ends', () => {
    expect(parseSse('\uFEFF: hi\nid: 7\nretry: 5\n\nevent: a\n\ndata: 1\n\ndata: cut\n')).to.deep.equal([
      { data: '1' },
    ]);
  });

  it('reads bytes the same however they are cut, also inside characters and line endings', () => {
    const text = '\uFEFFevent: a\r\ndata: “Grüße 🎉”\r\ndata: 2\r\n\r\n: hi\rdata: 3\r\rdata: 4\n\ndata: cut\n';
    const events = [{ event: 'a', data: '“Grüße 🎉”\n2' }, { data: '3' }, { data: '4' }];
    expect(parseSse(text)).to.deep.equal(events);
    for (const pieces of [...splitEverywhere(text), singleBytes(text), randomChunks(text, 1)]) {
      expect(parseSse(pieces)).to.deep.equal(events);
    }
  });
});

describe('re-chunking', () => {
  const text = 'data: “Grüße 🎉”\n\n';
  const size = Buffer.byteLength(text);

  it('splits at every byte, also inside characters', () => {
    const splits = [...splitEverywhere(text)];
    expect(splits).to.have.lengthOf(size + 1);
    expect(splits.map(decode)).to.deep.equal(splits.map(() => text));
    expect(splits.map(([head]) => head.length)).to.deep.equal(Array.from({ length: size + 1 }, (_, index) => index));
  });

  it('cuts into single bytes', () => {
    expect(singleBytes(text)).to.have.lengthOf(size);
    expect(decode(singleBytes(text))).to.equal(text);
  });

  it('cuts at random, the same for the same seed and within the limit', () => {
    const chunks = randomChunks(text, 7, 5);
    expect(decode(chunks)).to.equal(text);
    expect(randomChunks(text, 7, 5)).to.deep.equal(chunks);
    expect(randomChunks(text, 8, 5)).not.to.deep.equal(chunks);
    for (const { length } of chunks) expect(length).to.be.within(1, 5);
  });
});

describe('sequences', () => {
  it('cuts a sequence before its first and after every item but the last', () => {
    expect([...truncations(['a', 'b', 'c'])]).to.deep.equal([[], ['a'], ['a', 'b']]);
  });

  it('merges sequences without changing the order inside each', () => {
    const sequences = [['a1', 'a2', 'a3'], ['b1', 'b2'], []];
    const merges = [...interleavings(sequences, { seed: 1, count: 200 })];
    for (const merged of merges) {
      expect(merged.filter((item) => item.startsWith('a'))).to.deep.equal(sequences[0]);
      expect(merged.filter((item) => item.startsWith('b'))).to.deep.equal(sequences[1]);
      expect(merged).to.have.lengthOf(5);
    }
    expect(new Set(merges.map(String)).size).to.equal(10);
    expect([...interleavings(sequences, { seed: 1, count: 200 })]).to.deep.equal(merges);
  });

  it('draws numbers that fill the unit interval and repeat with their seed', () => {
    const random = seededRandom(5);
    const numbers = Array.from({ length: 1000 }, () => random());
    for (const number of numbers) expect(number).to.be.within(0, 1);
    expect(new Set(numbers.map((number) => Math.floor(number * 10))).size).to.equal(10);
    expect(seededRandom(5)()).to.equal(numbers[0]);
  });
});
