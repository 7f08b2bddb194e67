import { expect } from 'chai';
import { readFault } from '@claudex/sdk/codec';

describe('reading how long an answer may be', () => {
  const texts: readonly [maximum: number, message: string][] = [
    [
      16_384,
      'max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.',
    ],
    [8192, 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]'],
    [8192, 'Range of max_tokens should be [1, 8192]'],
    [
      16_384,
      '`max_completion_tokens` must be less than or equal to `16384`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model',
    ],
    [
      128_000,
      "Invalid 'max_output_tokens': integer above maximum value. Expected a value <= 128000, but got 200000 instead.",
    ],
    [16_384, 'body.max_tokens: Input should be less than or equal to 16384'],
    [64_000, 'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for this model'],
    [4096, 'max tokens too high: max_tokens must be at most 4,096, the maximum output for this model'],
    [8192, 'max_tokens must be between 1 and 8192'],
    [8192, '"max_tokens" must be in the range [1, 8192]'],
    [8192, 'max_tokens (32000) exceeds the maximum of 8192'],
    [8192, "max_tokens: 32000 exceeds this model's maximum output length of 8192"],
    [8192, 'max_new_tokens cannot exceed 8192'],
    [4096, 'max_tokens=32000 cannot be greater than max_model_len=max_total_tokens=4096.'],
    [4096, 'The maximum tokens you requested exceeds the model limit of 4096. Try again with fewer.'],
    [
      65_536,
      'it has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive). Update the value.',
    ],
  ];
  for (const [maximum, message] of texts) {
    it(`finds ${maximum} in: ${message.slice(0, 60)}`, () => {
      const { kind, refused } = readFault({ status: 400, headers: {}, body: JSON.stringify({ error: { message } }) });
      expect(kind).to.equal('invalid-request');
      expect(refused).to.deep.equal({ part: 'output-limit', maximum });
    });
  }
});
