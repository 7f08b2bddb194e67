import { expect } from 'chai';
import { tokenCount } from '../../src/config/index.ts';

describe('a number of tokens', () => {
  for (const [tokens, text] of [
    [0, '0'],
    [999, '999'],
    [8_192, '8.19k'],
    [65_536, '65.5k'],
    [128_000, '128k'],
    [262_144, '262k'],
    [999_499, '999k'],
    [999_999, '1M'],
    [1_048_576, '1.05M'],
  ] as const) {
    it(`of ${tokens} is written as ${text}`, () => {
      expect(tokenCount(tokens)).to.equal(text);
    });
  }
});
