import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { mergeAll } from './merge-schemas.ts';
import { mergeAlternatives } from './plain-root.ts';
import type { SchemaStep } from './rewrite-schema.ts';
import { appliesTo, typeOfKeyword, typesOf } from './schema-types.ts';
import { holdsSchemas } from './subschemas.ts';

/** Keywords beside those about one type that say which values are meant. */
const VALUE_KEYWORDS: ReadonlySet<string> = new Set(['type', 'enum', 'const']);

/** Merges what all holds together into one schema. References inside cannot be merged and are left out. */
export const mergeAllOf: SchemaStep = (schema, notes) => {
  if (schema['allOf'] === undefined) return schema;
  const { allOf, ...rest } = schema;
  notes.changed('allOf');
  const parts = (Array.isArray(allOf) ? allOf : []).filter((part) => isJsonObject(part));
  const [first] = parts;
  // A reference that stands alone can stay one.
  if (
    parts.length === 1 &&
    first?.['$ref'] !== undefined &&
    Object.keys(rest).every((keyword) => keyword === 'description')
  )
    return first;
  return mergeAll([rest, ...parts.filter((part) => part['$ref'] === undefined)]);
};

/** `oneOf` becomes `anyOf`: no model produces a value to satisfy exactly one of several schemas. */
export const oneOfToAnyOf: SchemaStep = (schema, notes) => {
  if (schema['oneOf'] === undefined) return schema;
  const { oneOf, ...rest } = schema;
  notes.changed('oneOf');
  // Next to other alternatives nothing sensible is left of these.
  return rest['anyOf'] === undefined ? { ...rest, anyOf: oneOf } : rest;
};

/**
 * Leaves nothing but notes beside `anyOf`, as several servers demand: what stands there moves into the alternatives it
 * can be about. An object that has properties of its own takes in those of its alternatives instead.
 */
export const settleAlternatives: SchemaStep = (schema, notes) => {
  if (schema['anyOf'] === undefined) return schema;
  const { anyOf, ...rest } = schema;
  const parts = (Array.isArray(anyOf) ? anyOf : []).filter((part) => part !== false).map(asSchema);
  const moving = Object.keys(rest).filter(
    (keyword) => VALUE_KEYWORDS.has(keyword) || typeOfKeyword(keyword) !== undefined,
  );
  if (parts.length === 0) {
    notes.changed('anyOf');
    return rest;
  }
  if (moving.length === 0) return schema;
  const holders = moving.filter((keyword) => holdsSchemas(keyword));
  // Moved into more than one alternative they would multiply at every level.
  if (holders.some((keyword) => parts.filter((part) => takes(part, keyword)).length !== 1)) {
    if (!isJsonObject(rest['properties'])) {
      notes.cut('anyOf', anyOf);
      return rest;
    }
    notes.changed('anyOf');
    return mergeAlternatives(rest, parts, notes);
  }
  notes.changed('anyOf');
  const beside = Object.fromEntries(Object.entries(rest).filter(([keyword]) => !moving.includes(keyword)));
  return { ...beside, anyOf: parts.map((part) => takeIn(part, rest, moving)) };
};

function asSchema(part: Json): JsonObject {
  return isJsonObject(part) ? part : {};
}

function takes(part: JsonObject, keyword: string): boolean {
  if (part['$ref'] !== undefined) return false;
  const types = typesOf(part);
  if (keyword === 'type') return types.length === 0;
  return types.length === 0 || types.some((type) => appliesTo(keyword, type));
}

function takeIn(part: JsonObject, outer: JsonObject, moving: readonly string[]): JsonObject {
  const taken = Object.entries(outer).filter(([keyword]) => moving.includes(keyword) && takes(part, keyword));
  return taken.length === 0 ? part : mergeAll([part, Object.fromEntries(taken)]);
}
