import { expect } from 'chai';
import { shortHash } from '@claudex/sdk/codec';
// Only provider state needs it, so that it is no building block.
import { asciiChecksum } from '../../src/codec/hash.ts';

describe('stable names', () => {
  it('has as many characters as asked for, and always the same', () => {
    for (const length of [1, 8, 9, 10, 32])
      expect(shortHash('some text', length))
        .to.match(/^[0-9a-z]+$/)
        .and.have.lengthOf(length);
    expect(shortHash('some text', 8)).to.equal(shortHash(['some', 'text'].join(' '), 8));
    expect(shortHash('some text', 8)).not.to.equal(shortHash('some texu', 8));
  });
});

describe('the checksum of a long text', () => {
  const text = Array.from({ length: 200_000 }, (_, index) => ((index * 7919) % 36).toString(36)).join('');

  it('is the one of the same text standing alone, whatever was looked at before', () => {
    for (const [start, end] of [
      [0, 1],
      [3, 12],
      [5, 70_000],
      [65_535, 65_537],
      [0, 131_072],
      [1, 200_000],
    ]) {
      const alone = asciiChecksum(text.slice(start, end));
      expect(alone).to.match(/^[0-9a-z]{8}$/);
      expect(asciiChecksum(text, start, end)).to.equal(alone);
    }
  });

  it('is another one for any other character, and for a shorter text', () => {
    const sum = asciiChecksum(text);
    for (const at of [0, 3, 4, 7, 8, 65_535, 65_536, 131_071, 199_999]) {
      const letter = text[at] === 'a' ? 'b' : 'a';
      expect(asciiChecksum(`${text.slice(0, at)}${letter}${text.slice(at + 1)}`)).to.not.equal(sum);
    }
    const sums = new Set(Array.from({ length: 500 }, (_, length) => asciiChecksum(text, 0, length)));
    expect(sums.size).to.equal(500);
    expect(asciiChecksum('\0\0\0')).to.not.equal(asciiChecksum('\0\0'));
  });

  it('notices when two pieces have changed places', () => {
    const [one, other] = [text.slice(0, 16), text.slice(16, 32)];
    expect(asciiChecksum(other + one)).to.not.equal(asciiChecksum(one + other));
  });
});
