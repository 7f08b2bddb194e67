import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { distinct, requiredOf } from './merge-schemas.ts';
import { without, type SchemaStep } from './rewrite-schema.ts';
import { inferTypes, typesOf } from './schema-types.ts';
import { holdsSchemas, isMalformedHolder } from './subschemas.ts';

/** Deepest schema that may hold others; the root is 0. What a list of lists needs below it still fits into 24 levels. */
export const DEEPEST_HOLDER = 21;

const COUNT = /^(?:min|max)(?:Items|Length|Properties)$/;

/** Leaves out what has the wrong shape altogether. */
export const leaveOutMalformed: SchemaStep = (schema, notes) =>
  without(schema, isMalformed, (keyword) => notes.changed(keyword));

function isMalformed(keyword: string, value: Json): boolean {
  if (keyword === 'enum') return !Array.isArray(value) || value.length === 0;
  if (keyword === 'required') return !Array.isArray(value) || value.some((name) => typeof name !== 'string');
  if (keyword === 'type') return typesOf({ type: value }).length === 0;
  if (keyword === 'description') return typeof value !== 'string';
  if (keyword === 'nullable') return typeof value !== 'boolean';
  if (COUNT.test(keyword)) return typeof value !== 'number';
  return isMalformedHolder(keyword, value);
}

/** `const` becomes an enumeration of one value. */
export const constToEnum: SchemaStep = (schema, notes) => {
  if (schema['const'] === undefined) return schema;
  const { const: value, ...rest } = schema;
  notes.changed('const');
  return { ...rest, enum: [value] };
};

/** A list with a schema per place becomes one whose items are any of them. */
export const tupleToItems: SchemaStep = (schema, notes) => {
  if (schema['prefixItems'] === undefined && !Array.isArray(schema['items'])) return schema;
  const { prefixItems, items, additionalItems: _rest, ...others } = schema;
  notes.changed(prefixItems === undefined ? 'items' : 'prefixItems');
  const places = [prefixItems ?? [], items ?? []].flat().filter((place) => isJsonObject(place));
  const different = distinct(places);
  if (different.length === 0) return others;
  return { ...others, items: different.length === 1 ? (different[0] ?? {}) : { anyOf: different } };
};

/** Leaves out required names that are no properties. */
export const requireOnlyProperties: SchemaStep = (schema, notes) => {
  if (schema['required'] === undefined) return schema;
  const { required, properties, ...rest } = schema;
  const known = isJsonObject(properties) ? properties : {};
  const names = [...new Set(requiredOf(schema))].filter((name) => Object.hasOwn(known, name));
  if (names.length > 0 && Array.isArray(required) && names.length === required.length) return schema;
  notes.changed('required');
  const kept = properties === undefined ? rest : { ...rest, properties };
  return names.length > 0 ? { ...kept, required: names } : kept;
};

/** Gives a schema a type that it must mean, or else this one. Alternatives and references have their types inside. */
export function fillType(otherwise: Json | undefined): SchemaStep {
  return (schema, notes) => {
    const isKnown = ['type', '$ref', 'anyOf', 'oneOf', 'allOf'].some((keyword) => Object.hasOwn(schema, keyword));
    const inferred = isKnown ? [] : inferTypes(schema);
    const type = inferred.length > 1 ? inferred : (inferred[0] ?? otherwise);
    if (isKnown || type === undefined) return schema;
    notes.changed('type');
    return { type, ...schema };
  };
}

/** Cuts schemas that are nested too deep down to their type. */
export const cutDepth: SchemaStep = (schema, notes) => {
  if (notes.depth < DEEPEST_HOLDER) return schema;
  const { items } = schema;
  const keepsItems = notes.depth === DEEPEST_HOLDER && isJsonObject(items);
  const held = Object.keys(schema).filter((keyword) => holdsSchemas(keyword) && !(keepsItems && keyword === 'items'));
  if (held.length === 0) return schema;
  for (const keyword of held) notes.changed(keyword);
  const plain = plainSchema(schema);
  return keepsItems ? { ...plain, items } : plain;
};

/** A schema without the schemas inside it. */
export function plainSchema(schema: JsonObject): JsonObject {
  const kept = Object.entries(schema).filter(([keyword]) => !holdsSchemas(keyword) && keyword !== 'required');
  const type = typesOf(schema)[0] ?? inferTypes(schema)[0] ?? 'object';
  return { ...Object.fromEntries(kept), type };
}
