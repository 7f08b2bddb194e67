import { expect } from 'chai';
import { isJsonObject, type Json, type JsonObject } from '@claudex/sdk';
import fc from 'fast-check';
import { adaptSchema } from '@claudex/sdk/codec';
import { adapted, changesOf, object } from './support/adapt.ts';
import { anySchema, DIALECTS } from './support/schemas.ts';

/** A chain of `levels` objects inside each other. */
function nested(levels: number): Json {
  let schema: Json = { type: 'string' };
  for (let level = 0; level < levels; level += 1) schema = object({ a: schema });
  return schema;
}

describe('adapting a schema', () => {
  for (const dialect of DIALECTS) {
    describe(`for ${dialect}`, () => {
      it('passes a plain schema on as it is, the very same object', () => {
        const schema = object(
          { path: { type: 'string', description: 'Where.' } },
          { required: ['path'], additionalProperties: false },
        );
        const plain =
          dialect === 'gemini'
            ? object({ path: { type: 'string', description: 'Where.' } }, { required: ['path'] })
            : schema;
        const result = adaptSchema(plain, dialect);
        expect(result).to.deep.equal({ schema: plain, changes: [] });
        expect(adapted(plain, dialect)).to.equal(plain);
      });

      it('keeps properties whose names are keywords', () => {
        const names = [
          'pattern',
          'format',
          'const',
          'enum',
          '$ref',
          'default',
          'type',
          'anyOf',
          'not',
          '$defs',
          '__proto__',
          'items',
        ];
        const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
        const schema = object(properties, {
          required: names,
          ...(dialect !== 'gemini' && { additionalProperties: false }),
        });
        const result = adapted({ ...schema, $comment: 'x' }, dialect);
        expect(Object.entries(result['properties'] as JsonObject)).to.deep.equal(Object.entries(properties));
        expect(result['required']).to.deep.equal(names);
        expect(Object.getPrototypeOf(result['properties'])).to.equal(Object.prototype);
      });

      it('says what is wrong with something that is no schema', () => {
        for (const rubbish of [null, 7, 'x', [], true, undefined]) {
          expect(adaptSchema(rubbish, dialect)).to.deep.equal({ problem: 'the schema is not an object' });
        }
      });

      it('says when a schema is beyond all reason', () => {
        expect(adaptSchema(nested(101), dialect)).to.deep.equal({
          problem: 'the schema is nested more than 200 levels deep',
        });
        const wide = object(Object.fromEntries(Array.from({ length: 20_000 }, (_value, index) => [`p${index}`, {}])));
        expect(adaptSchema(wide, dialect)).to.deep.equal({ problem: 'the schema has more than 20000 parts' });
        const endless: JsonObject = { type: 'object' };
        endless['properties'] = { self: endless };
        expect(adaptSchema(endless, dialect)).to.have.property('problem');
      });

      it('copes with what is just within reason', () => {
        expect(adaptSchema(nested(99), dialect)).to.have.property('schema');
      });

      it('copes with references that multiply and references that go in circles', () => {
        const levels = Array.from(
          { length: 40 },
          (_value, level) =>
            [
              `l${level}`,
              object({ a: { $ref: `#/$defs/l${level + 1}` }, b: { $ref: `#/$defs/l${level + 1}` } }),
            ] as const,
        );
        const schema = object(
          { it: { $ref: '#/$defs/l0' } },
          { $defs: { ...Object.fromEntries(levels), l40: { type: 'string' } } },
        );
        expect(adaptSchema(schema, dialect)).to.have.property('schema');
        const circles = {
          $ref: '#/$defs/a',
          $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] } },
        };
        expect(adaptSchema(circles, dialect)).to.have.property('schema');
        expect(adaptSchema({ $ref: '#', allOf: [{ $ref: '#' }, { $ref: '#' }] }, dialect)).to.have.property('schema');
      });

      it('merges many parts in no more time than it takes to read them', function () {
        this.timeout(5000);
        const allOf = Array.from({ length: 4500 }, (_value, index) => ({
          properties: { [`p${index}`]: { type: 'string' } },
          required: [`p${index}`],
        }));
        const root = adapted({ type: 'object', allOf }, dialect);
        if (dialect !== 'full') expect(root).to.have.property('required').with.lengthOf(4500);
      });

      it('is total, changes nothing of its own, and finds nothing left to change the second time', () => {
        fc.assert(
          fc.property(anySchema, (schema) => {
            const before = JSON.stringify(schema);
            const once = adapted(schema, dialect);
            expect(JSON.stringify(schema)).to.equal(before);
            expect(changesOf(once, dialect)).to.deep.equal([]);
            expect(adapted(once, dialect)).to.equal(once);
            if (changesOf(schema, dialect).length === 0) expect(once).to.equal(schema);
          }),
          { numRuns: 500 },
        );
      });

      if (dialect === 'full') return;

      it('always gives a plain object at the root', () => {
        fc.assert(
          fc.property(anySchema, (schema) => {
            const root = adapted(schema, dialect);
            expect(root['type']).to.equal('object');
            expect(isJsonObject(root['properties'])).to.equal(true);
            expect(root).not.to.have.any.keys('allOf', 'anyOf', 'oneOf', 'enum', 'const', 'not', '$ref');
          }),
        );
      });
    });
  }

  it('merges what several parts say about one property side by side', () => {
    const parts = [{ type: 'string' }, { minLength: 1 }, { type: 'string' }, { maxLength: 9 }];
    const allOf = parts.map((schema) => ({ properties: { a: schema }, type: ['object', 'null'] }));
    expect(adapted({ allOf }, 'plain-root')).to.deep.equal(
      object({ a: { allOf: [{ type: 'string' }, { minLength: 1 }, { maxLength: 9 }] } }),
    );
    expect(adapted({ allOf }, 'gemini')).to.deep.equal(object({ a: { type: 'string', minLength: 1, maxLength: 9 } }));
  });

  it('takes what lists of all parts have in common', () => {
    const allOf = [
      { enum: [1, 2, 3], type: ['number', 'string'] },
      { enum: [3, 2, 7], type: ['integer'] },
      { enum: [9] },
    ];
    const { properties } = adapted(object({ a: { allOf } }), 'kimi');
    expect((properties as JsonObject)['a']).to.deep.include({ enum: [2, 3], type: 'integer' });
  });

  it('does not touch data that looks like a schema', () => {
    const data = { $ref: '#/nowhere', pattern: 'x', properties: { a: { $ref: 'https://example.com' } } };
    const schema = object({ a: { type: 'object', default: data, examples: [data], enum: [data], const: data } });
    expect(adapted(schema, 'plain-root')).to.equal(schema);
  });

  it('says what was cut in one sentence, also where it was cut for two reasons', () => {
    const schema = { ...object({ a: { type: 'string' } }), description: 'D', not: { type: 'null' }, minProperties: 1 };
    expect(adapted(schema, 'strict')['description']).to.equal(
      'D. Constraints: not {"type":"null"}; at least 1 property.',
    );
  });

  it('never adds more than 400 characters to a description', () => {
    const long = {
      type: 'string',
      description: 'A.',
      pattern: 'x'.repeat(190),
      format: 'y'.repeat(190),
      not: { const: 'z'.repeat(190) },
      minLength: 1,
    };
    const { properties } = adapted(object({ long }), 'strict');
    const { description } = (properties as JsonObject)['long'] as JsonObject;
    expect(description).to.be.a('string').and.have.property('length').that.is.at.most(402);
    expect(description).to.match(
      /^A\. Constraints: pattern x+; at least 1 character\.$|^A\. Constraints: pattern x+; format y+.*\.$/,
    );
  });
});
