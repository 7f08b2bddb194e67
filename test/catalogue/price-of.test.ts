import { expect } from 'chai';
import { priceOf } from '../../src/catalogue/index.ts';

const usage = {
  input_tokens: 1_000_000,
  output_tokens: 100_000,
  cache_read_input_tokens: 2_000_000,
  cache_creation_input_tokens: 500_000,
};

describe('the price of an exchange', () => {
  it('counts each tier of the cache at its own price', () => {
    const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
    expect(priceOf(usage, price)).to.be.closeTo(3 + 1.5 + 0.6 + 1.875, 1e-9);
  });

  it('counts a tier without a price as input', () => {
    expect(priceOf(usage, { input: 2, output: 10 })).to.be.closeTo(2 + 1 + 4 + 1, 1e-9);
  });

  it('takes the prices of long requests for all tokens of one, whatever its tiers', () => {
    const price = { input: 1, output: 10, cacheRead: 0.1, long: { above: 3_000_000, input: 2, output: 15 } };
    expect(priceOf(usage, price)).to.be.closeTo(2 + 1.5 + 0.2 + 1, 1e-9);
    expect(priceOf({ ...usage, input_tokens: 500_000 }, price)).to.be.closeTo(0.5 + 1 + 0.2 + 0.5, 1e-9);
  });

  it('is nothing for nothing, and where nothing is asked', () => {
    expect(priceOf({ input_tokens: 0, output_tokens: 0 }, { input: 3, output: 15 })).to.equal(0);
    expect(priceOf(usage, { input: 0, output: 0 })).to.equal(0);
  });
});
