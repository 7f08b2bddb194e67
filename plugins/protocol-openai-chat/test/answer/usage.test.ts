import { expect } from 'chai';
import type { ChatUsage } from '../../src/wire.ts';
import { decodeUsage, mergeUsage, usageOfTimings } from '../../src/answer/usage.ts';

const ESTIMATE = { inputTokens: 50, outputCharacters: 8 };

describe('reading usage', () => {
  it('takes cached tokens out of the input, wherever they stand', () => {
    const places: object[] = [
      { prompt_tokens_details: { cached_tokens: 30 } },
      { prompt_token_details: { cached_tokens: 30 } },
      { prompt_cache_hit_tokens: 30, prompt_cache_miss_tokens: 70 },
      { cached_tokens: 30 },
      { num_cached_tokens: 30 },
      { cache_read_input_tokens: 30 },
    ];
    for (const place of places) {
      const usage = decodeUsage({ prompt_tokens: 100, completion_tokens: 7, ...place }, ESTIMATE);
      expect(usage).to.deep.equal({ input_tokens: 70, output_tokens: 7, cache_read_input_tokens: 30 });
    }
  });

  it('takes written tokens out of the input too', () => {
    for (const field of ['cache_write_tokens', 'cache_creation_input_tokens']) {
      const details = { cached_tokens: 30, [field]: 20 };
      expect(
        decodeUsage({ prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: details }, ESTIMATE),
      ).to.deep.equal({
        input_tokens: 50,
        output_tokens: 7,
        cache_read_input_tokens: 30,
        cache_creation_input_tokens: 20,
      });
    }
  });

  it('leaves a prompt alone that was counted without its cached part', () => {
    const usage = decodeUsage(
      { prompt_tokens: 7, completion_tokens: 8, prompt_tokens_details: { cached_tokens: 161 } },
      ESTIMATE,
    );
    expect(usage).to.deep.equal({ input_tokens: 7, output_tokens: 8, cache_read_input_tokens: 161 });
  });

  it('adds reasoning only where the provider counts it beside', () => {
    const details = { completion_tokens_details: { reasoning_tokens: 5 } };
    expect(
      decodeUsage({ prompt_tokens: 10, completion_tokens: 3, total_tokens: 18, ...details }, ESTIMATE).output_tokens,
    ).to.equal(8);
    expect(
      decodeUsage({ prompt_tokens: 10, completion_tokens: 8, total_tokens: 18, ...details }, ESTIMATE).output_tokens,
    ).to.equal(8);
    expect(decodeUsage({ prompt_tokens: 10, completion_tokens: 8, ...details }, ESTIMATE).output_tokens).to.equal(8);
  });

  it('takes from llama.cpp what its cache gave, which only its timings say', () => {
    const usage = mergeUsage(usageOfTimings({ cache_n: 30, prompt_n: 70 }), {
      prompt_tokens: 100,
      completion_tokens: 7,
    });
    expect(decodeUsage(usage, ESTIMATE)).to.include({ input_tokens: 70, cache_read_input_tokens: 30 });
    for (const nonsense of [undefined, null, {}, { cache_n: '30' }, 'fast'])
      expect(usageOfTimings(nonsense)).to.equal(undefined);
  });

  it('estimates what is missing, negative or no number', () => {
    const estimated = { input_tokens: 50, output_tokens: 2 };
    expect(decodeUsage(undefined, ESTIMATE)).to.deep.equal(estimated);
    for (const nonsense of [null, -1, '12', Number.NaN, Number.POSITIVE_INFINITY, {}]) {
      const usage = { prompt_tokens: nonsense, completion_tokens: nonsense, cached_tokens: nonsense };
      expect(decodeUsage(usage, ESTIMATE)).to.deep.equal(estimated);
    }
    expect(decodeUsage({ prompt_tokens: 0, completion_tokens: 0 }, ESTIMATE)).to.deep.equal({
      input_tokens: 0,
      output_tokens: 0,
    });
  });
});

describe('putting reports of usage together', () => {
  const good = { prompt_tokens: 5, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 2 } };

  it('keeps figures that a later report does not have', () => {
    const later: ChatUsage[] = [
      {},
      { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      { prompt_tokens: null, completion_tokens: '7', prompt_tokens_details: null },
      { prompt_tokens_details: { cached_tokens: 0 } },
      { prompt_tokens_details: {} },
    ];
    for (const report of later) expect(mergeUsage(good, report)).to.deep.include(good);
    expect(mergeUsage(good, null, undefined)).to.equal(good);
    expect(mergeUsage(null, undefined)).to.equal(undefined);
  });

  it('takes later figures field by field', () => {
    const later = { completion_tokens: 9, prompt_tokens_details: { cache_write_tokens: 1 } };
    expect(mergeUsage(good, later)).to.deep.equal({
      prompt_tokens: 5,
      completion_tokens: 9,
      prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 1 },
    });
  });

  it('keeps zeros where nothing else is known', () => {
    expect(mergeUsage({}, { prompt_tokens: 0 }, { completion_tokens: 4 })).to.deep.equal({
      prompt_tokens: 0,
      completion_tokens: 4,
    });
  });
});
