import type { Json, JsonObject } from '../../index.ts';
import type { SchemaStep } from './rewrite-schema.ts';
import { appliesTo, typeOfKeyword, typeOfValue, typesOf, type SchemaType } from './schema-types.ts';

/** A schema of several types becomes one with an alternative for each, which takes what is about its type. */
export const splitTypes: SchemaStep = (schema, notes) => {
  const types = typesOf(schema);
  if (!Array.isArray(schema['type'])) return schema;
  notes.changed('type');
  const [first] = types;
  if (types.length === 1 && first !== undefined) return { ...schema, type: first };
  const values = schema['enum'];
  // Values of a type that is not named cannot be meant.
  const needed = Array.isArray(values) ? types.filter((type) => valuesOf(values, type).length > 0) : types;
  const parts = needed.map((type) => part(schema, type));
  const outer = Object.entries(schema).filter(([keyword]) => !isInside(keyword));
  return { ...Object.fromEntries(outer), ...(parts.length === 0 ? { type: first ?? 'string' } : { anyOf: parts }) };
};

function isInside(keyword: string): boolean {
  return keyword === 'type' || keyword === 'enum' || typeOfKeyword(keyword) !== undefined;
}

function part(schema: JsonObject, type: SchemaType): JsonObject {
  const own = Object.entries(schema).filter(
    ([keyword]) => typeOfKeyword(keyword) !== undefined && appliesTo(keyword, type),
  );
  // There is only one null.
  const { enum: values } = schema;
  const named = Array.isArray(values) && type !== 'null' ? { enum: valuesOf(values, type) } : {};
  return { type, ...Object.fromEntries(own), ...named };
}

function valuesOf(values: readonly Json[], type: SchemaType): Json[] {
  return values.filter((value) => {
    const own = typeOfValue(value);
    return own === type || (type === 'number' && own === 'integer');
  });
}
