import { expect } from 'chai';
import { isJsonObject } from '../src/index.ts';

describe('isJsonObject', () => {
  it('takes objects and nothing else', () => {
    for (const object of [{}, { a: 1 }, JSON.parse('{"__proto__":null}')]) expect(isJsonObject(object)).to.equal(true);
    for (const other of [null, undefined, [], [{}], '', '{}', 0, false]) expect(isJsonObject(other)).to.equal(false);
  });
});
