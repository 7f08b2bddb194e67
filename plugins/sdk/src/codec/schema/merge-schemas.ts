import { isJsonObject, type Json, type JsonObject } from '../../index.ts';

/*
 * Several schemas made into one. The result is as close as one plain schema can come; where the parts contradict each
 * other the first one wins.
 */

const UNIONS: ReadonlySet<string> = new Set(['patternProperties', 'dependentSchemas', '$defs', 'definitions']);
const LOWER_LIMIT = /^(?:min|exclusiveMin)/;
const UPPER_LIMIT = /^(?:max|exclusiveMax)/;

/** One schema for values that satisfy all of these. */
export function mergeAll(parts: readonly JsonObject[]): JsonObject {
  const merged: JsonObject = {};
  for (const part of parts) {
    for (const [keyword, value] of Object.entries(part)) {
      const earlier = Object.hasOwn(merged, keyword) ? merged[keyword] : undefined;
      const together = earlier === undefined ? value : mergeKeyword(keyword, earlier, value);
      // Not an assignment: a schema may have a keyword `__proto__`.
      Object.defineProperty(merged, keyword, { value: together, enumerable: true, writable: true, configurable: true });
    }
  }
  return merged;
}

function mergeKeyword(keyword: string, first: Json, second: Json): Json {
  if (keyword === 'properties') return mergeNamed(first, second, (one, other) => ({ allOf: [one, other] }));
  if (keyword === 'required') return distinct([first, second].flat());
  if (keyword === 'type') return commonTypes(first, second);
  if (keyword === 'enum') return commonValues(first, second);
  if (keyword === 'allOf' && Array.isArray(first) && Array.isArray(second)) return [...first, ...second];
  if (UNIONS.has(keyword)) return mergeNamed(first, second, (one) => one);
  if (typeof first !== 'number' || typeof second !== 'number') return first;
  if (LOWER_LIMIT.test(keyword)) return Math.max(first, second);
  return UPPER_LIMIT.test(keyword) ? Math.min(first, second) : first;
}

/**
 * One object for values that satisfy at least one of these: all properties, of which only those are required that every
 * part requires.
 */
export function mergeAny(parts: readonly JsonObject[]): JsonObject {
  const variants = new Map<string, Json[]>();
  for (const { properties } of parts) {
    if (!isJsonObject(properties)) continue;
    for (const [name, schema] of Object.entries(properties)) {
      const known = variants.get(name);
      if (known === undefined) variants.set(name, [schema]);
      else known.push(schema);
    }
  }
  const required = parts
    .map((part) => requiredOf(part))
    .reduce((kept, names) => intersection(kept, names), requiredOf(parts[0] ?? {}));
  return {
    properties: Object.fromEntries([...variants].map(([name, schemas]) => [name, alternatives(schemas)])),
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

function mergeNamed(first: Json, second: Json, clash: (one: Json, other: Json) => Json): Json {
  if (!isJsonObject(first) || !isJsonObject(second)) return isJsonObject(first) ? first : second;
  const merged = new Map(Object.entries(first));
  for (const [name, schema] of Object.entries(second)) {
    const earlier = merged.get(name);
    merged.set(name, earlier === undefined || isSame(earlier, schema) ? schema : clash(earlier, schema));
  }
  return Object.fromEntries(merged);
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

function commonValues(first: Json, second: Json): Json {
  if (!Array.isArray(first) || !Array.isArray(second)) return first;
  const others = new Set(second.map((value) => JSON.stringify(value)));
  const common = first.filter((value) => others.has(JSON.stringify(value)));
  return common.length > 0 ? common : first;
}

function commonTypes(first: Json, second: Json): Json {
  const [types, others] = [[first].flat(), [second].flat()];
  const common = types.filter((type) => others.includes(type));
  if (common.length > 0) return common.length === 1 ? (common[0] ?? first) : common;
  return types.includes('number') && others.includes('integer') ? 'integer' : first;
}
