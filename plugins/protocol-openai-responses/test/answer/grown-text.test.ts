import { expect } from 'chai';
import { GrownText } from '../../src/answer/grown-text.ts';

describe('a text that grows', () => {
  it('is all its pieces in order, however many', () => {
    for (const count of [0, 1, 63, 64, 65, 200]) {
      const text = new GrownText();
      const pieces = Array.from({ length: count }, (_, index) => `${index} `);
      for (const piece of pieces) text.add(piece);
      expect(text.toString()).to.equal(pieces.join(''));
      text.add('end');
      expect(text.toString()).to.equal(`${pieces.join('')}end`);
      expect(text.length).to.equal(text.toString().length);
    }
  });

  it('says what a repetition adds, and whether it is one', () => {
    const text = new GrownText();
    expect(text.restOf('all of it')).to.equal('all of it');
    for (const piece of ['Hel', 'lo']) text.add(piece);
    expect(['Hello', 'Hello world', ''].map((whole) => text.restOf(whole))).to.deep.equal(['', ' world', '']);
    expect(['Hel', 'Howdy', 'Other words'].map((whole) => text.restOf(whole))).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
