import { expect } from 'chai';
import fc from 'fast-check';
import { Characters } from '../../src/answer/characters.ts';

const ALL = Number.MAX_SAFE_INTEGER;

describe('characters of a text by their number', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom('🌍', '\ud83c', '\udf0d', 'a'.repeat(1023), '🌍'.repeat(1025), 'é'.repeat(3000)),
  );
  const question = fc.record({ piece, first: fc.nat(9_000), count: fc.nat(40) });

  it('are those of the whole text, however it grows between the questions', () => {
    fc.assert(
      fc.property(fc.array(question, { maxLength: 12 }), (questions) => {
        const characters = new Characters();
        let text = '';
        for (const { piece: addition, first, count } of questions) {
          text += addition;
          const expected = Array.from(text)
            .slice(first, first + count)
            .join('');
          expect(characters.excerpt(text, first, count, ALL)).to.equal(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are as many as fit, and none is cut', () => {
    const characters = new Characters();
    expect(characters.excerpt('a🌍🌍', 0, 3, 4)).to.equal('a🌍');
    expect(characters.excerpt('a🌍🌍', 0, -1, 4)).to.equal('');
    expect(characters.excerpt('a🌍🌍', ALL, 5, 4)).to.equal('');
  });
});
