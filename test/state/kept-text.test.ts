import { expect } from 'chai';
import { cutText } from '../../src/state/kept-text.ts';

const SECRET = 'canary-secret';
const mask = (text: string): string => text.replaceAll(SECRET, '*');

describe('a text that is kept', () => {
  it('is whole while it fits, also when it just does', () => {
    for (const text of ['', 'abc', 'äöü', 'abcdef'])
      expect(cutText(text, mask, 6)).to.deep.equal({ text, bytes: Buffer.byteLength(text), truncated: false });
  });

  it('is never cut inside a character', () => {
    expect(cutText('aäöü', mask, 6)).to.deep.equal({ text: 'aäö', bytes: 7, truncated: true });
    expect(cutText('\u{1F600}\u{1F600}', mask, 7)).to.include({ text: '\u{1F600}', truncated: true });
  });

  it('has no half of a secret at its end, wherever it is cut and however much is masked before', () => {
    for (let before = 0; before < 60_000; before += 997) {
      for (const start of ['x'.repeat(before), SECRET.repeat(before / SECRET.length)]) {
        const { text, truncated } = cutText(`${start}${SECRET}`.repeat(4), mask, 20_000);
        expect(text).to.match(/^[x*]*$/);
        if (truncated) expect(text.length).to.be.at.most(20_000);
      }
    }
  });
});
