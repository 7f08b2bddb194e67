import { expect } from 'chai';
import type { Json, JsonObject } from '@claudex/sdk';
import fc from 'fast-check';
import { adapted, changesOf, object, property } from './support/adapt.ts';
import { anySchema } from './support/schemas.ts';

const TEXT = { type: 'string' };

/** What Moonshot's validator would object to in schemas that describe values. */
function objections(schema: Json): string[] {
  const found: string[] = [];
  const visit = (node: Json | undefined, path: string): void => {
    if (node === undefined) return;
    if (typeof node !== 'object' || node === null || Array.isArray(node))
      return void found.push(`${path}: not an object`);
    const keywords = Object.keys(node);
    const { $ref: ref } = node;
    if (ref !== undefined) {
      if (keywords.length > 1) found.push(`${path}: something beside a reference`);
      if (typeof ref !== 'string' || !/^#$|^#\/\$defs\/[^/]+$/.test(ref)) found.push(`${path}: not into $defs`);
      return;
    }
    const alternatives = node['anyOf'] as Json[] | undefined;
    if ((node['type'] === undefined) === (alternatives === undefined)) found.push(`${path}: type and alternatives`);
    if (node['type'] === 'array' && Array.isArray(node['items'])) found.push(`${path}: a tuple`);
    if (node['allOf'] !== undefined || node['oneOf'] !== undefined) found.push(`${path}: a combination`);
    const types = new Set(
      (node['enum'] as Json[] | undefined)?.map((value) => (value === null ? 'null' : typeof value)),
    );
    if (types.size > 1) found.push(`${path}: mixed values`);
    const properties = (node['properties'] ?? {}) as JsonObject;
    for (const name of (node['required'] ?? []) as string[])
      if (!Object.hasOwn(properties, name)) found.push(`${path}: requires ${name}`);
    for (const [name, child] of Object.entries(properties)) visit(child, `${path}.${name}`);
    for (const child of alternatives ?? []) visit(child, `${path}|`);
    visit(node['items'], `${path}[]`);
    for (const child of Object.values((node['$defs'] ?? {}) as JsonObject)) visit(child, `${path}$`);
  };
  visit(schema, '');
  return found;
}

describe('a schema for kimi', () => {
  const cases: readonly [what: string, schema: Json, expected: Json][] = [
    ['anything', {}, TEXT],
    ['a description alone', { description: 'D.' }, { type: 'string', description: 'D.' }],
    ['anything, as a boolean', true, TEXT],
    ['texts to choose from', { enum: ['a', 'b'] }, { type: 'string', enum: ['a', 'b'] }],
    ['whole numbers to choose from', { enum: [1, 2] }, { type: 'integer', enum: [1, 2] }],
    ['numbers to choose from', { enum: [1, 2.5] }, { type: 'number', enum: [1, 2.5] }],
    ['numbers of a wide enough type', { type: 'number', enum: [1] }, { type: 'number', enum: [1] }],
    ['a constant', { const: true }, { type: 'boolean', enum: [true] }],
    ['a constant of another type', { type: 'string', const: 3 }, { type: 'integer', enum: [3] }],
    [
      'mixed values',
      { enum: ['a', 1, null] },
      { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'integer', enum: [1] }, { type: 'null' }] },
    ],
    ['properties without a type', { properties: { a: {} } }, object({ a: TEXT })],
    ['items without a type', { items: { minimum: 1 } }, { type: 'array', items: { type: 'number', minimum: 1 } }],
    ['items of any kind', { type: 'array', items: {} }, { type: 'array' }],
    ['items of any kind, as a boolean', { items: true, maxItems: 3 }, { type: 'array', maxItems: 3 }],
    ['a pattern without a type', { pattern: 'x' }, { type: 'string', pattern: 'x' }],
    ['a default without a type', { default: 3 }, { type: 'integer', default: 3 }],
    [
      'several types alone',
      { type: ['string', 'null'], description: 'D.' },
      { type: ['string', 'null'], description: 'D.' },
    ],
    [
      'several types with more',
      { type: ['string', 'null'], maxLength: 3 },
      { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
    ],
    ['one type in a list', { type: ['string'], maxLength: 3 }, { type: 'string', maxLength: 3 }],
    [
      'a type beside alternatives',
      { type: 'object', anyOf: [object({ a: {} }), { required: [] }] },
      { anyOf: [object({ a: TEXT }), { type: 'object' }] },
    ],
    [
      'properties beside alternatives',
      object({ a: TEXT }, { anyOf: [{ required: ['a'] }, {}] }),
      object({ a: TEXT }, { description: 'Constraints: required are a, or none.' }),
    ],
    [
      'items beside alternatives',
      { items: TEXT, anyOf: [{ type: 'array', maxItems: 0 }, { minItems: 2 }] },
      {
        type: 'array',
        items: TEXT,
        description: 'Constraints: any of [{"type":"array","maxItems":0},{"minItems":2}].',
      },
    ],
    [
      'items beside one alternative they fit',
      { items: TEXT, anyOf: [{ type: 'array' }, { type: 'null' }] },
      { anyOf: [{ type: 'array', items: TEXT }, { type: 'null' }] },
    ],
    ['exclusive alternatives', { oneOf: [TEXT, { const: 1 }] }, { anyOf: [TEXT, { type: 'integer', enum: [1] }] }],
    ['a map of anything', { type: 'object', additionalProperties: {} }, { type: 'object', additionalProperties: {} }],
    [
      'conditions',
      { type: 'string', not: {}, if: { required: ['a'] } },
      { type: 'string', not: {}, if: { required: ['a'] } },
    ],
  ];
  for (const [what, schema, expected] of cases) {
    it(`understands ${what}`, () => {
      expect(property(schema, 'kimi')).to.deep.equal(expected);
    });
  }

  const NODE = object({
    value: { $ref: '#/definitions/Value' },
    next: { $ref: '#/definitions/Node', description: 'N.' },
  });

  it('keeps only references to what contains itself, and what they need', () => {
    const schema = object(
      { list: { $ref: '#/definitions/Node' }, value: { $ref: '#/definitions/Value', description: 'V.' } },
      { definitions: { Node: NODE, Value: { minLength: 1 }, Unused: {} } },
    );
    expect(adapted(schema, 'kimi')).to.deep.equal(
      object(
        { list: { $ref: '#/$defs/Node' }, value: { description: 'V.', type: 'string', minLength: 1 } },
        { $defs: { Node: object({ value: { type: 'string', minLength: 1 }, next: { $ref: '#/$defs/Node' } }) } },
      ),
    );
    expect(changesOf(schema, 'kimi')).to.include.members(['properties.list: $ref', 'root: $defs']);
  });

  it('passes references on that are right already', () => {
    const schema = object(
      { a: { $ref: '#/$defs/A' }, self: { $ref: '#' } },
      { $defs: { A: object({ a: { $ref: '#/$defs/A' } }) } },
    );
    expect(adapted(schema, 'kimi')).to.equal(schema);
  });

  it('keeps definitions of one name from different places apart', () => {
    const schema = object(
      {
        a: { $ref: '#/$defs/A' },
        b: { $ref: '#/definitions/A' },
        c: { $ref: '#/properties/c/items', items: object({ c: { $ref: '#/properties/c/items' } }) },
      },
      {
        $defs: { A: object({ a: { $ref: '#/$defs/A' } }) },
        definitions: { A: object({ b: { $ref: '#/definitions/A' } }) },
      },
    );
    const { $defs, properties } = adapted(schema, 'kimi');
    expect(properties).to.deep.equal({
      a: { $ref: '#/$defs/A' },
      b: { $ref: '#/$defs/A_2' },
      c: { $ref: '#/$defs/items' },
    });
    expect($defs).to.have.all.keys('A', 'A_2', 'items');
  });

  it('is one the validator takes, whatever it was', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const result = adapted(schema, 'kimi');
        expect(objections(result), JSON.stringify(result)).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });
});
