import { expect } from 'chai';
import { decodeUsage, mergeUsage, type ReportedUsage } from '../../src/answer/usage.ts';

const ESTIMATE = { inputTokens: 100, outputCharacters: 10 };
const read = (...reports: unknown[]) => decodeUsage(reports.reduce<ReportedUsage>(mergeUsage, {}), ESTIMATE);

describe('usage', () => {
  it('counts reasoning as output, and leaves what a cache gave out of the input', () => {
    const report = {
      promptTokenCount: 1000,
      cachedContentTokenCount: 600,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 30,
      toolUsePromptTokenCount: 5,
      totalTokenCount: 1055,
    };
    expect(read(report)).to.deep.equal({ input_tokens: 405, output_tokens: 50, cache_read_input_tokens: 600 });
  });

  it('takes the last report instead of adding them up', () => {
    const chunks = [
      { promptTokenCount: 10, candidatesTokenCount: 1, totalTokenCount: 11 },
      { promptTokenCount: 10, candidatesTokenCount: 8, thoughtsTokenCount: 2, totalTokenCount: 20 },
    ];
    expect(read(...chunks)).to.deep.equal({ input_tokens: 10, output_tokens: 10 });
    expect(read(...chunks, {}, null, 'none')).to.deep.equal({ input_tokens: 10, output_tokens: 10 });
  });

  it('has output where nothing but reasoning came', () => {
    expect(read({ promptTokenCount: 10, thoughtsTokenCount: 7 })).to.deep.equal({ input_tokens: 10, output_tokens: 7 });
  });

  it('is estimated where the provider says nothing, or nonsense', () => {
    expect(read()).to.deep.equal({ input_tokens: 100, output_tokens: 3 });
    expect(read({ promptTokenCount: '7', candidatesTokenCount: -1 })).to.deep.equal({
      input_tokens: 100,
      output_tokens: 3,
    });
    expect(read({ promptTokenCount: 5, cachedContentTokenCount: 9 })).to.deep.include({ input_tokens: 5 });
  });
});
