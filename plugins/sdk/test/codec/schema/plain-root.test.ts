import { expect } from 'chai';
import { adapted, changesOf, object } from './support/adapt.ts';

const NAME = { type: 'string' };
const COUNT = { type: 'integer' };

describe('a plain root', () => {
  it('leaves everything below the root alone', () => {
    const schema = object({
      a: { anyOf: [NAME, COUNT], description: 'x' },
      b: { oneOf: [{ const: 1 }], not: {}, if: {}, pattern: '(?=x)' },
    });
    expect(adapted(schema, 'plain-root')).to.equal(schema);
  });

  it('gets the type and the properties it lacks', () => {
    expect(adapted({}, 'plain-root')).to.deep.equal(object({}));
    expect(changesOf({}, 'plain-root')).to.deep.equal(['root: type', 'root: properties']);
    expect(adapted({ properties: { a: NAME } }, 'plain-root')).to.deep.equal(object({ a: NAME }));
  });

  it('becomes an object whatever it was', () => {
    expect(adapted({ ...object({ a: NAME }), type: ['object', 'null'] }, 'plain-root')).to.deep.equal(
      object({ a: NAME }),
    );
    expect(adapted({ type: 'string' }, 'plain-root')).to.deep.equal(object({}));
    expect(adapted({ type: 'object', properties: [], required: true }, 'plain-root')).to.deep.equal({
      ...object({}),
      required: [],
    });
  });

  it('takes in what holds together, with everything that is required', () => {
    const schema = {
      description: 'All.',
      allOf: [
        object({ a: NAME, c: NAME }, { required: ['a'] }),
        object({ b: COUNT, c: COUNT }, { required: ['b', 'a'] }),
      ],
    };
    expect(adapted(schema, 'plain-root')).to.deep.equal({
      description: 'All.',
      ...object({ a: NAME, b: COUNT, c: { allOf: [NAME, COUNT] } }, { required: ['a', 'b'] }),
    });
  });

  it('takes in alternatives, with what all of them require', () => {
    for (const keyword of ['anyOf', 'oneOf']) {
      const schema = {
        type: 'object',
        [keyword]: [
          object({ kind: { const: 'a' }, a: NAME, x: NAME }, { required: ['kind', 'a'], additionalProperties: false }),
          object({ kind: { const: 'b' }, b: NAME, x: COUNT }, { required: ['kind', 'b'], additionalProperties: false }),
        ],
      };
      expect(adapted(schema, 'plain-root')).to.deep.equal({
        ...object(
          { kind: { enum: ['a', 'b'] }, a: NAME, x: { anyOf: [NAME, COUNT] }, b: NAME },
          { required: ['kind'] },
        ),
        additionalProperties: false,
        description: 'Constraints: required are kind and a, or kind and b.',
      });
      expect(changesOf(schema, 'plain-root')).to.deep.equal([`root: ${keyword}`]);
    }
  });

  it('says which properties go together', () => {
    const schema = object({ a: NAME, b: NAME }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect(adapted(schema, 'plain-root')).to.deep.equal(
      object({ a: NAME, b: NAME }, { description: 'Constraints: required are a, or b.' }),
    );
  });

  it('ignores alternatives that are no objects', () => {
    const schema = { anyOf: [object({ a: NAME }, { required: ['a'] }), { type: 'null' }, 7] };
    expect(adapted(schema, 'plain-root')).to.deep.include({ properties: { a: NAME } });
    expect(adapted({ anyOf: [{ type: 'string' }] }, 'plain-root')).to.deep.equal(object({}));
  });

  it('follows references at the root and keeps the definitions', () => {
    const $defs = { In: object({ a: { $ref: '#/$defs/In' } }, { required: ['a'] }) };
    expect(adapted({ $ref: '#/$defs/In', $defs }, 'plain-root')).to.deep.equal({ $defs, ...$defs.In });
    expect(
      adapted({ allOf: [{ $ref: '#/$defs/In' }, { anyOf: [{ $ref: '#/$defs/In' }] }], $defs }, 'plain-root'),
    ).to.deep.equal({ $defs, ...$defs.In });
  });

  it('leaves out values and negations', () => {
    const schema = object({ a: NAME }, { enum: [{ a: 'x' }], const: { a: 'x' }, not: { required: ['b'] } });
    expect(adapted(schema, 'plain-root')).to.deep.equal(
      object({ a: NAME }, { description: 'Constraints: one of {"a":"x"}; always {"a":"x"}; not {"required":["b"]}.' }),
    );
  });

  it('leaves out references that lead nowhere, wherever they stand', () => {
    const schema = object(
      {
        a: { $ref: 'https://example.com/a.json', description: 'A.' },
        b: { type: 'array', items: [{ $ref: '#anchor' }] },
        c: { additionalProperties: { $ref: '#/$defs/missing' }, patternProperties: { x: { $ref: '#/%' } } },
        d: { $ref: '#/$defs/d' },
        $ref: { type: 'string' },
      },
      { $defs: { d: { $ref: '#/$defs/d' } }, dependentSchemas: { a: { not: { $ref: '' } } } },
    );
    expect(adapted(schema, 'plain-root')).to.deep.equal(
      object(
        {
          a: { description: 'A.' },
          b: { type: 'array', items: [{}] },
          c: { additionalProperties: {}, patternProperties: { x: {} } },
          d: {},
          $ref: { type: 'string' },
        },
        { $defs: { d: {} }, dependentSchemas: { a: { not: {} } } },
      ),
    );
    expect(changesOf(schema, 'plain-root')).to.include.members(['properties.a: $ref', 'properties.b.items.0: $ref']);
  });

  it('understands escaped references', () => {
    const schema = object({ a: { $ref: '#/$defs/x~1y~0z%20w' } }, { $defs: { 'x/y~z w': NAME } });
    expect(adapted(schema, 'plain-root')).to.equal(schema);
  });
});
