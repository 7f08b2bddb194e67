import type { JsonObject, SchemaDialect } from '@claudex/sdk';
import fc from 'fast-check';

export const DIALECTS: readonly SchemaDialect[] = ['full', 'plain-root', 'gemini', 'kimi', 'strict', 'grammar'];

/** Names that a property can have and that mean something elsewhere. */
const NAMES = 'a b pattern format const enum $ref default type properties items anyOf allOf required description'
  .concat(' additionalProperties $defs not __proto__ constructor a/b~c')
  .split(' ');

const REFS =
  '# #/$defs/a #/$defs/b #/$defs/__proto__ #/$defs/missing #/definitions/a #/properties/a #/properties/b/items'
    .concat(' #/$defs/a~1b%7E0c #anchor https://example.com/schema #/% x')
    .split(' ');

const name = fc.constantFrom(...NAMES);
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'array', 'null');
const scalar = fc.oneof(fc.constantFrom<unknown>('', 'x', null, true, 3, 1.5), fc.string({ maxLength: 3 }));
const data = fc.oneof(scalar, fc.constantFrom<unknown>({ $ref: '#/$defs/a', pattern: 'x' }, [{ type: 'string' }], {}));

const keywords = {
  type: fc.oneof({ arbitrary: type, weight: 4 }, fc.array(type, { maxLength: 3 }), fc.constantFrom<unknown>('any', 5)),
  description: fc.oneof(fc.string({ maxLength: 8 }), fc.constant(7)),
  pattern: fc.constantFrom('^a+$', '^[a-z]+$', '(?=x)', '\\d'),
  format: fc.constantFrom('date-time', 'uri', 'enum'),
  enum: fc.oneof(fc.array(data, { maxLength: 4 }), fc.constant('x')),
  const: data,
  default: data,
  examples: fc.array(data, { maxLength: 2 }),
  minLength: fc.constantFrom<unknown>(1, 1000, 'x'),
  maxItems: fc.constantFrom(0, 5000),
  minimum: fc.integer(),
  nullable: fc.boolean(),
  $ref: fc.oneof(fc.constantFrom(...REFS), fc.constant(3)),
};

const leaf = fc
  .array(fc.oneof(...Object.entries(keywords).map(([keyword, value]) => fc.tuple(fc.constant(keyword), value))), {
    maxLength: 4,
  })
  .map((entries) => Object.fromEntries<unknown>(entries));

/** Anything a tool's schema could be, and much that it should not. */
export const anySchema: fc.Arbitrary<JsonObject> = fc
  .letrec<{ schema: unknown; object: unknown }>((tie) => {
    const schema = tie('schema');
    const list = fc.array(schema, { maxLength: 3 });
    const names = named(schema);
    const holder = fc.oneof(
      {
        arbitrary: fc.tuple(fc.constantFrom('properties', '$defs', 'definitions', 'patternProperties'), names),
        weight: 4,
      },
      fc.tuple(fc.constantFrom('anyOf', 'oneOf', 'allOf', 'prefixItems', 'items'), list),
      fc.tuple(fc.constantFrom('items', 'additionalProperties', 'not', 'if'), schema),
      fc.tuple(fc.constantFrom('properties', 'anyOf', 'items'), fc.constantFrom<unknown>([], 7, null, {})),
    );
    const required = fc.oneof(fc.array(name, { maxLength: 3 }), fc.boolean());
    return {
      schema: fc.oneof(
        { maxDepth: 3 },
        { arbitrary: fc.oneof({ arbitrary: leaf, weight: 4 }, fc.boolean(), fc.constant({}), scalar), weight: 2 },
        { arbitrary: tie('object'), weight: 3 },
      ),
      object: fc
        .tuple(leaf, fc.array(holder, { minLength: 1, maxLength: 3 }), fc.option(required))
        .map(([own, holders, names]) => ({
          ...own,
          ...Object.fromEntries(holders),
          ...(names !== null && { required: names }),
        })),
    };
  })
  .object.map((schema) => schema as JsonObject);

function named(schema: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(name, schema), { maxLength: 3 }).map((entries) => Object.fromEntries(entries) as unknown);
}
