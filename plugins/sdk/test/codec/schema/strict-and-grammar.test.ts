import { expect } from 'chai';
import type { Json, JsonObject } from '@claudex/sdk';
import { adapted, object, property } from './support/adapt.ts';

const TEXT = { type: 'string' };
const CLOSED = { additionalProperties: false };

describe('a schema for strict servers', () => {
  const cases: readonly [what: string, schema: Json, expected: Json][] = [
    ['an open object', object({ a: TEXT }), object({ a: TEXT }, CLOSED)],
    [
      'an object that may have more',
      object({ a: TEXT }, { additionalProperties: TEXT }),
      object({ a: TEXT }, { description: 'Constraints: further properties {"type":"string"}.', ...CLOSED }),
    ],
    ['an object without properties', object({}), object({}, CLOSED)],
    ['a map', { type: 'object', additionalProperties: TEXT }, { type: 'object', additionalProperties: TEXT }],
    ['an object of any kind', { type: 'object' }, { type: 'object' }],
    [
      'constraints',
      { type: 'string', pattern: 'x', format: 'uri', minLength: 1 },
      { type: 'string', description: 'Constraints: pattern x; format uri; at least 1 character.' },
    ],
    ['several types', { type: ['string', 'null'] }, { type: ['string', 'null'] }],
    ['values', { enum: ['a', 1], default: 'a' }, { enum: ['a', 1], default: 'a' }],
    ['exclusive alternatives', { oneOf: [object({ a: TEXT }), TEXT] }, { anyOf: [object({ a: TEXT }, CLOSED), TEXT] }],
    [
      'what holds together',
      { allOf: [object({ a: TEXT }), object({ b: TEXT })] },
      object({ a: TEXT, b: TEXT }, CLOSED),
    ],
    ['a tuple', { type: 'array', prefixItems: [TEXT], items: false }, { type: 'array', items: TEXT }],
    [
      'a condition',
      { type: 'string', if: { const: 'a' }, else: {} },
      { type: 'string', description: 'Constraints: if {"const":"a"}.' },
    ],
  ];
  for (const [what, schema, expected] of cases) {
    it(`understands ${what}`, () => {
      expect(property(schema, 'strict')).to.deep.equal(expected);
    });
  }

  it('keeps its references, and closes what they lead to', () => {
    const schema = object({ a: { $ref: '#/$defs/A' } }, { $defs: { A: object({ a: { $ref: '#/$defs/A' } }) } });
    expect(adapted(schema, 'strict')).to.deep.equal(
      object({ a: { $ref: '#/$defs/A' } }, { ...CLOSED, $defs: { A: object({ a: { $ref: '#/$defs/A' } }, CLOSED) } }),
    );
  });

  it('leaves optional properties optional', () => {
    expect(adapted(object({ a: TEXT, b: TEXT }, { required: ['a'] }), 'strict')['required']).to.deep.equal(['a']);
  });
});

describe('a schema that becomes a grammar', () => {
  const kept: readonly Json[] = [
    { type: 'string', pattern: '^[a-z0-9_-]+$' },
    { type: 'string', pattern: '^(a|b)+$' },
    { type: 'string', pattern: '^[^/]*$' },
    { type: 'array', items: TEXT, minItems: 1, maxItems: 256 },
    { anyOf: [{ const: 1 }, { enum: ['a'] }], description: 'D.' },
    { allOf: [TEXT] },
    { type: ['string', 'null'], format: 'date' },
    { additionalProperties: TEXT },
  ];
  for (const schema of kept) {
    it(`passes ${JSON.stringify(schema)} on`, () => {
      const root = object({ it: schema });
      expect(adapted(root, 'grammar')).to.equal(root);
    });
  }

  for (const pattern of ['a+', '^a+', '^\\d+$', '^(?=a)$', '^a{2,900}$', '^[a$', '^($', `^${'a'.repeat(200)}$`]) {
    it(`says the pattern ${pattern.slice(0, 20)} in words`, () => {
      const result = property({ type: 'string', pattern }, 'grammar') as JsonObject;
      expect(result['pattern']).to.equal(undefined);
      const words = pattern.length > 190 ? undefined : `Constraints: pattern ${pattern}.`;
      expect(result['description']).to.equal(words);
    });
  }

  it('leaves large counts out', () => {
    expect(property({ type: 'string', minLength: 1, maxLength: 257 }, 'grammar')).to.deep.equal({
      type: 'string',
      minLength: 1,
      description: 'Constraints: at most 257 characters.',
    });
    expect(property({ type: 'array', items: TEXT, minItems: -1, maxItems: 1e9 }, 'grammar')).to.deep.equal({
      type: 'array',
      items: TEXT,
      description: 'Constraints: at least -1 items; at most 1000000000 items.',
    });
  });

  it('says what a value is where nothing else does', () => {
    const any = ['string', 'number', 'boolean', 'object', 'array', 'null'];
    expect(property({ description: 'D.' }, 'grammar')).to.deep.equal({ type: any, description: 'D.' });
    expect(property(true, 'grammar')).to.deep.equal({ type: any });
    expect(property({ minLength: 3 }, 'grammar')).to.deep.equal({ type: 'string', minLength: 3 });
  });

  it('has its references replaced, and those without end cut', () => {
    const schema = object(
      { a: { $ref: '#/$defs/A' } },
      { $defs: { A: object({ a: { $ref: '#/$defs/A' }, b: TEXT }) } },
    );
    expect(adapted(schema, 'grammar')).to.deep.equal(object({ a: object({ a: { type: 'object' }, b: TEXT }) }));
  });

  it('is not nested deeper than 24 schemas', () => {
    let deep: Json = TEXT;
    for (let level = 0; level < 60; level += 1) deep = object({ a: deep });
    expect(JSON.stringify(adapted(deep, 'grammar')).split('"properties"').length).to.be.within(22, 24);
  });
});
