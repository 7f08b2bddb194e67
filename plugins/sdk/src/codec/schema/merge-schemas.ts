import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { typesOf, type SchemaType } from './schema-types.ts';

/*
 * Several schemas made into one. The result is as close as one plain schema can come; where the parts contradict each
 * other the first one wins.
 */

const UNIONS: ReadonlySet<string> = new Set(['patternProperties', 'dependentSchemas', '$defs', 'definitions']);
const LOWER_LIMIT = /^(?:min|exclusiveMin)/;
const UPPER_LIMIT = /^(?:max|exclusiveMax)/;

/** One schema for values that satisfy all of these. */
export function mergeAll(parts: readonly JsonObject[]): JsonObject {
  return mapVariants(parts, mergeKeyword);
}

/** One value of a keyword for all of these. Takes them all at once, so that many parts cost no more than their sum. */
function mergeKeyword(values: readonly Json[], keyword: string): Json {
  const [first = null] = values;
  if (values.length === 1) return first;
  if (keyword === 'properties') return mergeNamed(values, (schemas) => ({ allOf: schemas }));
  if (keyword === 'required') return distinct(values.flat());
  if (keyword === 'type') return commonTypes(values);
  if (keyword === 'enum') return commonValues(values);
  if (keyword === 'allOf' && values.every((value) => Array.isArray(value))) return values.flat();
  if (UNIONS.has(keyword)) return mergeNamed(values, ([earliest = null]) => earliest);
  const limit = LOWER_LIMIT.test(keyword) ? Math.max : UPPER_LIMIT.test(keyword) ? Math.min : undefined;
  if (limit === undefined) return first;
  return values.reduce((one, other) =>
    typeof one === 'number' && typeof other === 'number' ? limit(one, other) : one,
  );
}

/**
 * One object for values that satisfy at least one of these: all properties, of which only those are required that every
 * part requires.
 */
export function mergeAny(parts: readonly JsonObject[]): JsonObject {
  const properties = parts.map((part) => part['properties']).filter((named) => isJsonObject(named));
  const required = parts
    .map((part) => requiredOf(part))
    .reduce((kept, names) => intersection(kept, names), requiredOf(parts[0] ?? {}));
  return {
    properties: mapVariants(properties, alternatives),
    ...(required.length > 0 && { required }),
    ...(parts.every((part) => part['additionalProperties'] === false) && { additionalProperties: false }),
  };
}

/** Names of required properties. */
export function requiredOf(schema: JsonObject): string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

/** Whether two values are written alike. */
export function isSame(one: Json, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** The different ones among these values, in their order. */
export function distinct(values: readonly Json[]): Json[] {
  const byText = new Map<string, Json>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (!byText.has(text)) byText.set(text, value);
  }
  return [...byText.values()];
}

/** The named schemas of all these values; what has several is for `clash` to settle. */
function mergeNamed(values: readonly Json[], clash: (schemas: Json[]) => Json): Json {
  const objects = values.filter((value) => isJsonObject(value));
  if (objects.length === 0) return values.at(-1) ?? null;
  return mapVariants(objects, (schemas) => {
    const different = distinct(schemas);
    return different.length === 1 ? (different[0] ?? null) : clash(different);
  });
}

/** One object of what these objects hold under each name. */
function mapVariants(objects: readonly JsonObject[], settle: (variants: Json[], name: string) => Json): JsonObject {
  const variants = new Map<string, Json[]>();
  for (const object of objects) {
    for (const [name, schema] of Object.entries(object)) {
      const known = variants.get(name);
      if (known === undefined) variants.set(name, [schema]);
      else known.push(schema);
    }
  }
  return Object.fromEntries([...variants].map(([name, schemas]) => [name, settle(schemas, name)]));
}

/** Tags of a tagged union become one enumeration, everything else alternatives. */
function alternatives(schemas: readonly Json[]): Json {
  const different = distinct(schemas);
  const [first] = different;
  if (different.length === 1 && first !== undefined) return first;
  const values = different.map((schema) => valuesOf(schema));
  if (isJsonObject(first) && values.every((list) => list !== undefined)) {
    const { const: _const, ...rest } = first;
    return { ...rest, enum: distinct(values.flat()) };
  }
  return { anyOf: different };
}

function valuesOf(schema: Json): Json[] | undefined {
  if (!isJsonObject(schema)) return undefined;
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined;
}

function intersection(first: readonly string[], second: readonly string[]): string[] {
  const others = new Set(second);
  return first.filter((name) => others.has(name));
}

/** What all lists have in common, in the order of the first; a list that has nothing of it is passed over. */
function common(lists: readonly (readonly Json[])[]): Json[] {
  let kept = new Map<string, Json>();
  for (const [place, list] of lists.entries()) {
    const texts = list.map((value) => [JSON.stringify(value), value] as const);
    const others = new Set(texts.map(([text]) => text).filter((text) => place === 0 || kept.has(text)));
    if (place === 0) kept = new Map(texts);
    else if (others.size > 0) kept = new Map([...kept].filter(([text]) => others.has(text)));
  }
  return [...kept.values()];
}

function commonValues(values: readonly Json[]): Json {
  const lists = values.filter((value) => Array.isArray(value));
  const [first = null] = values;
  return Array.isArray(first) ? common(lists) : first;
}

function commonTypes(values: readonly Json[]): Json {
  const [first = null, ...others] = values;
  let kept = typesOf({ type: first });
  for (const value of others) kept = narrowed(kept, typesOf({ type: value }));
  return kept.length > 1 ? kept : (kept[0] ?? first);
}

/** Every integer is a number as well. */
function narrowed(types: SchemaType[], others: readonly SchemaType[]): SchemaType[] {
  const both = types.filter((type) => others.includes(type));
  if (both.length > 0) return both;
  return types.includes('number') && others.includes('integer') ? ['integer'] : types;
}
