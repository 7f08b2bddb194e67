import { expect } from 'chai';
import { decodeUsage } from '../../src/answer/usage.ts';

const ESTIMATE = { inputTokens: 100, outputCharacters: 10 };

describe('the usage of Responses', () => {
  it('counts cached and written tokens apart from the input', () => {
    const details = { cached_tokens: 6, cache_write_tokens: 3 };
    expect(decodeUsage({ input_tokens: 10, input_tokens_details: details, output_tokens: 5 }, ESTIMATE)).to.deep.equal({
      input_tokens: 1,
      output_tokens: 5,
      cache_read_input_tokens: 6,
      cache_creation_input_tokens: 3,
    });
    const apart = { input_tokens: 4, input_tokens_details: { cached_tokens: 6 }, output_tokens: 5 };
    expect(decodeUsage(apart, ESTIMATE).input_tokens).to.equal(4);
  });

  it('adds reasoning only where the total shows that it was counted beside', () => {
    const counts = { input_tokens: 10, output_tokens: 5, output_tokens_details: { reasoning_tokens: 3 } };
    expect(decodeUsage({ ...counts, total_tokens: 15 }, ESTIMATE).output_tokens).to.equal(5);
    expect(decodeUsage({ ...counts, total_tokens: 18 }, ESTIMATE).output_tokens).to.equal(8);
    expect(decodeUsage(counts, ESTIMATE).output_tokens).to.equal(5);
  });

  it('estimates what is missing or is no count', () => {
    const expected = { input_tokens: 100, output_tokens: 3 };
    expect(decodeUsage({}, ESTIMATE)).to.deep.equal(expected);
    const odd = { input_tokens: '10', output_tokens: -9, input_tokens_details: null, total_tokens: null };
    expect(decodeUsage(odd, ESTIMATE)).to.deep.equal(expected);
  });
});
