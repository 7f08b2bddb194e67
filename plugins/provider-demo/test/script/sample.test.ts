import { expect } from 'chai';
import { sampleOf } from '../../src/script/sample.ts';

describe('a sample of a schema', () => {
  const cases: [string, object, unknown][] = [
    [
      'required fields only',
      { type: 'object', required: ['a'], properties: { a: { type: 'integer' }, b: {} } },
      { a: 0 },
    ],
    ['the smallest number allowed', { type: 'number', exclusiveMinimum: 2.5 }, 3],
    ['a number below a negative maximum', { type: 'integer', maximum: -4 }, -4],
    ['as many items as needed', { type: 'array', minItems: 2, items: { type: 'boolean' } }, [false, false]],
    ['a string long enough', { type: 'string', minLength: 6 }, 'demo..'],
    ['a constant', { const: 'x' }, 'x'],
    ['the first alternative', { anyOf: [{ type: 'null' }, { type: 'string' }] }, null],
    ['all parts together', { allOf: [{ type: 'string' }, { minLength: 5 }] }, 'demo.'],
    ['a definition', { $ref: '#/$defs/name', $defs: { name: { type: 'string' } } }, 'demo'],
    ['the first of several types', { type: ['string', 'null'] }, 'demo'],
  ];
  for (const [what, schema, value] of cases) {
    it(`is ${what}`, () => expect(sampleOf(schema)).to.deep.equal(value));
  }

  it('comes to an end for a schema that contains itself', () => {
    const schema = {
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', required: ['next'], properties: { next: { $ref: '#/$defs/node' } } } },
    };
    expect(JSON.stringify(sampleOf(schema))).to.match(/"next":null/);
  });
});
