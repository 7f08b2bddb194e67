import { expect } from 'chai';
import type { JsonObject } from '../../../src/index.ts';
import { enumsForConsts } from '../../../src/codec/schema/enums-for-consts.ts';

describe('constants in a schema', () => {
  it('become enumerations of one value, wherever a schema stands', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { kind: { const: 'a' }, any: { anyOf: [{ const: 1 }, { type: 'array', items: { const: null } }] } },
      $defs: { one: { const: false, description: 'One.' } },
    };
    expect(enumsForConsts(schema)).to.deep.equal({
      type: 'object',
      properties: {
        kind: { enum: ['a'] },
        any: { anyOf: [{ enum: [1] }, { type: 'array', items: { enum: [null] } }] },
      },
      $defs: { one: { enum: [false], description: 'One.' } },
    });
  });

  it('stay where they are data or the name of a property', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { const: { type: 'string' } },
      default: { const: 'a' },
      enum: [{ const: 'a' }],
    };
    expect(enumsForConsts(schema)).to.equal(schema);
  });

  it('leave booleans in place of schemas alone', () => {
    const schema: JsonObject = { properties: { any: true }, additionalProperties: false };
    expect(enumsForConsts(schema)).to.equal(schema);
  });
});
