import { expect } from 'chai';
import type { Json, JsonObject } from '@claudex/sdk';
import fc from 'fast-check';
import { adapted, changesOf, object, property } from './support/adapt.ts';
import { anySchema } from './support/schemas.ts';

const TEXT = { type: 'string' };

/** How deep schemas stand inside each other, and every keyword and type in use. */
function survey(schema: Json): { depth: number; keywords: Set<string>; problems: string[] } {
  const found = { depth: 0, keywords: new Set<string>(), problems: [] as string[] };
  const visit = (node: JsonObject, depth: number): void => {
    found.depth = Math.max(found.depth, depth);
    for (const keyword of Object.keys(node)) found.keywords.add(keyword);
    if (node['type'] === undefined && node['anyOf'] === undefined) found.problems.push('no type');
    if (node['type'] !== undefined && typeof node['type'] !== 'string') found.problems.push('not one type');
    if (node['type'] === 'null') found.problems.push('null');
    if (node['type'] === 'array' && node['items'] === undefined) found.problems.push('no items');
    for (const value of (node['enum'] ?? []) as Json[])
      if (typeof value !== 'string' || value === '') found.problems.push('not a text');
    for (const name of (node['required'] ?? []) as string[])
      if (!Object.hasOwn((node['properties'] ?? {}) as JsonObject, name)) found.problems.push('unknown required');
    for (const child of Object.values((node['properties'] ?? {}) as JsonObject)) visit(child as JsonObject, depth + 1);
    for (const child of (node['anyOf'] ?? []) as Json[]) visit(child as JsonObject, depth + 1);
    if (node['items'] !== undefined) visit(node['items'] as JsonObject, depth + 1);
  };
  visit(schema as JsonObject, 1);
  return found;
}

describe('a schema for gemini', () => {
  const cases: readonly [what: string, schema: Json, expected: Json][] = [
    ['a constant', { const: 'a' }, { type: 'string', enum: ['a'] }],
    ['texts to choose from', { enum: ['a', 'b'] }, { type: 'string', enum: ['a', 'b'] }],
    ['texts of a wrong type', { type: 'integer', enum: ['a'] }, { type: 'string', enum: ['a'] }],
    [
      'numbers to choose from',
      { type: 'integer', enum: [1, 2] },
      { type: 'integer', description: 'Constraints: one of 1, 2.' },
    ],
    ['a constant number', { const: 7 }, { type: 'integer', description: 'Constraints: one of 7.' }],
    [
      'an empty text among others',
      { enum: ['', 'a'] },
      { type: 'string', description: 'Constraints: one of "", "a".' },
    ],
    ['nothing among texts', { enum: ['a', null] }, { type: 'string', nullable: true, enum: ['a'] }],
    ['a type or nothing', { type: ['string', 'null'], minLength: 2 }, { type: 'string', nullable: true, minLength: 2 }],
    ['nothing', { type: 'null' }, { type: 'string', nullable: true }],
    [
      'two types',
      { type: ['string', 'integer'], description: 'D.', maxLength: 3 },
      { description: 'D.', anyOf: [{ type: 'string', maxLength: 3 }, { type: 'integer' }] },
    ],
    [
      'two types and nothing',
      { type: ['string', 'null', 'boolean'] },
      { nullable: true, anyOf: [{ type: 'string' }, { type: 'boolean' }] },
    ],
    [
      'an alternative to nothing',
      { anyOf: [TEXT, { type: 'null' }], description: 'D.' },
      { nullable: true, description: 'D.', type: 'string' },
    ],
    ['alternatives', { oneOf: [TEXT, { type: 'boolean' }] }, { anyOf: [TEXT, { type: 'boolean' }] }],
    [
      'a type beside alternatives',
      { type: 'string', anyOf: [{ minLength: 3 }, { enum: ['a'] }] },
      {
        anyOf: [
          { type: 'string', minLength: 3 },
          { type: 'string', enum: ['a'] },
        ],
      },
    ],
    ['what holds together', { allOf: [TEXT, { minLength: 1 }, { minLength: 3 }] }, { type: 'string', minLength: 3 }],
    [
      'a tuple',
      { type: 'array', prefixItems: [TEXT, { type: 'number' }, TEXT] },
      { type: 'array', items: { anyOf: [TEXT, { type: 'number' }] } },
    ],
    ['an old tuple', { items: [TEXT, TEXT], additionalItems: false }, { type: 'array', items: TEXT }],
    ['a list of anything', { type: 'array', items: {} }, { type: 'array', items: TEXT }],
    ['a list without items', { type: 'array', minItems: 1 }, { type: 'array', minItems: 1, items: TEXT }],
    ['anything', {}, TEXT],
    ['anything, as a boolean', true, TEXT],
    ['a date', { type: 'string', format: 'date-time' }, { type: 'string', format: 'date-time' }],
    [
      'another format',
      { type: 'string', description: 'Where', format: 'uri' },
      { type: 'string', description: 'Where. Constraints: format uri.' },
    ],
    [
      'a number in a range',
      { minimum: 1, exclusiveMaximum: 9, multipleOf: 2 },
      { type: 'number', description: 'Constraints: minimum 1; less than 9; a multiple of 2.' },
    ],
    [
      'a pattern and a default',
      { type: 'string', pattern: '^a+$', default: 'a', title: 'T' },
      { type: 'string', description: 'Constraints: pattern ^a+$; default "a".' },
    ],
    [
      'a map',
      { type: 'object', additionalProperties: TEXT, propertyNames: { pattern: 'x' } },
      {
        type: 'object',
        description: 'Constraints: further properties {"type":"string"}; property names {"pattern":"x"}.',
      },
    ],
    [
      'required names that are no properties',
      object({ a: TEXT }, { required: ['a', 'b'] }),
      object({ a: TEXT }, { required: ['a'] }),
    ],
    [
      'a list without doubles',
      { type: 'array', items: TEXT, uniqueItems: true, minItems: 1 },
      { type: 'array', items: TEXT, minItems: 1, description: 'Constraints: no item twice.' },
    ],
    [
      'properties and alternatives',
      object({ a: TEXT }, { oneOf: [{ required: ['a'] }, object({ b: TEXT }, { required: ['b'] })] }),
      object({ a: TEXT, b: TEXT }, { description: 'Constraints: required are a, or b.' }),
    ],
    [
      'rubbish',
      { type: 'text', enum: 7, required: true, properties: [], items: 7, description: 7, nullable: 'x', minItems: 'x' },
      TEXT,
    ],
  ];
  for (const [what, schema, expected] of cases) {
    it(`understands ${what}`, () => {
      expect(property(schema, 'gemini')).to.deep.equal(expected);
    });
  }

  it('has its references replaced, and those without end cut', () => {
    const tree = object(
      {
        name: { $ref: '#/definitions/Name', description: 'N.' },
        children: { type: 'array', items: { $ref: '#/definitions/Tree' } },
      },
      { description: 'A tree.' },
    );
    const schema = object({ tree: { $ref: '#/definitions/Tree' } }, { definitions: { Tree: tree, Name: TEXT } });
    expect(adapted(schema, 'gemini')).to.deep.equal(
      object({
        tree: object(
          {
            name: { description: 'N.', type: 'string' },
            children: { type: 'array', items: { type: 'object', description: 'A tree.' } },
          },
          { description: 'A tree.' },
        ),
      }),
    );
    expect(changesOf(schema, 'gemini')).to.include('properties.tree.properties.children.items: $ref');
  });

  it('is at most 24 schemas deep', () => {
    let deep: Json = TEXT;
    for (let level = 0; level < 60; level += 1)
      deep = level % 2 === 0 ? { type: 'array', items: deep } : object({ a: deep });
    const result = adapted(object({ deep }), 'gemini');
    expect(survey(result).depth).to.be.within(22, 24);
    expect(survey(result).problems).to.deep.equal([]);
    let lists: Json = TEXT;
    for (let level = 0; level < 60; level += 1) lists = { type: 'array', items: lists };
    expect(survey(adapted(object({ lists }), 'gemini')).depth).to.be.at.most(24);
  });

  it('has nothing in it but what is on the list, whatever it was', () => {
    const allowed =
      'type nullable required format description properties items enum anyOf minItems maxItems minLength maxLength minProperties maxProperties'.split(
        ' ',
      );
    fc.assert(
      fc.property(anySchema, (schema) => {
        const { depth, keywords, problems } = survey(adapted(schema, 'gemini'));
        expect(depth).to.be.at.most(24);
        expect(problems).to.deep.equal([]);
        expect(allowed).to.include.members([...keywords]);
      }),
      { numRuns: 500 },
    );
  });
});
