import { expect } from 'chai';
import { isNestedTooDeep, parseJson } from '@claudex/sdk/codec';

const nested = (levels: number, [open, close]: readonly [string, string]): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

describe('parsing JSON of unknown origin', () => {
  it('gives the value, or nothing for what is no JSON', () => {
    expect(parseJson('{"a":[1]}')).to.deep.equal({ a: [1] });
    expect(parseJson('{"a"')).to.equal(undefined);
    expect(parseJson('null')).to.equal(null);
  });

  it('takes no more levels than can be written again', () => {
    for (const brackets of [
      ['{"a":', '}'],
      ['[', ']'],
    ] as const) {
      expect(parseJson(nested(500, brackets))).not.to.equal(undefined);
      expect(parseJson(nested(501, brackets))).to.equal(undefined);
      expect(parseJson(nested(20_000, brackets))).to.equal(undefined);
    }
  });

  it('counts levels, not what stands on them', () => {
    expect(isNestedTooDeep(Array.from({ length: 2_000 }, () => [{}]))).to.equal(false);
    expect(isNestedTooDeep('[['.repeat(2_000))).to.equal(false);
    expect(isNestedTooDeep(null)).to.equal(false);
  });
});
