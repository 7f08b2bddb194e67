import { expect } from 'chai';
import { wrapTo } from '../../src/terminal/index.ts';

describe('wrapTo', () => {
  it('breaks between words, and indents what follows', () => {
    expect(wrapTo('  one  two three four', 12, '    ')).to.deep.equal(['  one  two', '    three', '    four']);
  });

  it('keeps a line that fits, or that no width is given for', () => {
    expect(wrapTo('one  two', 8)).to.deep.equal(['one  two']);
    expect(wrapTo('one  two', undefined)).to.deep.equal(['one  two']);
  });

  it('keeps a word whole that is longer than a line', () => {
    expect(wrapTo('see /a/long/path now', 8, '  ')).to.deep.equal(['see', '  /a/long/path', '  now']);
  });

  it('counts the columns of wide letters', () => {
    expect(wrapTo('漢字 漢字', 6)).to.deep.equal(['漢字', '漢字']);
  });
});
