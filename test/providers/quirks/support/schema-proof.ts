import type { JsonObject, SchemaDialect } from '@claudex/sdk';
import { expect } from 'chai';
import type { Proof } from './proof.ts';

/** A schema with something that each dialect treats in its own way. */
const RICH: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^a' },
    kind: { minLength: 2 },
    free: { enum: ['a', 'b'] },
    other: { $ref: '#/$defs/other' },
  },
  required: ['name'],
  additionalProperties: false,
  anyOf: [{ required: ['name'] }],
  $defs: { other: { type: 'object', properties: { deep: { type: 'integer' } } } },
};

const EXPECTED: { readonly [Dialect in SchemaDialect]: (schema: JsonObject, text: string) => void } = {
  full: (schema) => expect(schema).to.deep.equal(RICH),
  'plain-root'(schema, text) {
    expect(schema).to.include({ type: 'object' });
    expect(schema).not.to.have.property('anyOf');
    expect(text).to.include('"pattern"').and.include('"minLength"');
  },
  gemini: (_schema, text) => expect(text).not.to.match(/"pattern"|"additionalProperties"/),
  kimi(schema, text) {
    expect(text).not.to.include('$ref');
    const properties = schema['properties'] as { readonly [name: string]: JsonObject };
    for (const property of Object.values(properties)) expect(property).to.have.property('type');
  },
  strict(schema, text) {
    expect(schema).to.deep.include({ additionalProperties: false });
    expect(text).not.to.include('"pattern"');
  },
  grammar: (_schema, text) => expect(text).not.to.include('"pattern"'),
};

/** The proof of what becomes of a tool's schema; `schemaOf` finds it in a body. */
export function schemaProof(schemaOf: (sent: JsonObject) => unknown): Proof<SchemaDialect> {
  return async (dialect, wire) => {
    const { sent } = await wire.ask({ tools: [{ name: 'look', input_schema: RICH }] });
    const schema = schemaOf(sent) as JsonObject;
    EXPECTED[dialect](schema, JSON.stringify(schema));
  };
}
