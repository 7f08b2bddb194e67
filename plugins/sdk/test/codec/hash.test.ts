import { expect } from 'chai';
import { shortHash } from '@claudex/sdk/codec';

describe('stable names', () => {
  it('has as many characters as asked for, and always the same', () => {
    for (const length of [1, 8, 9, 10, 32])
      expect(shortHash('some text', length))
        .to.match(/^[0-9a-z]+$/)
        .and.have.lengthOf(length);
    expect(shortHash('some text', 8)).to.equal(shortHash(['some', 'text'].join(' '), 8));
    expect(shortHash('some text', 8)).not.to.equal(shortHash('some texu', 8));
  });

  it('names a part of a text like the part alone', () => {
    const text = 'one.two-three_漢字.four';
    for (let start = 0; start <= text.length; start += 1) {
      for (let end = start; end <= text.length; end += 1)
        expect(shortHash(text, 12, start, end)).to.equal(shortHash(text.slice(start, end), 12));
    }
  });
});
