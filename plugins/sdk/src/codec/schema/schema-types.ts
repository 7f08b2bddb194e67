import type { Json, JsonObject } from '../../index.ts';

/** A type of JSON Schema. */
export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

const TYPES: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

/** Keywords that say something about values of one type only. */
const TYPE_OF_KEYWORD: ReadonlyMap<string, SchemaType> = new Map<string, SchemaType>([
  ...named('object', 'properties required additionalProperties patternProperties propertyNames minProperties'),
  ...named('object', 'maxProperties dependentRequired dependentSchemas dependencies unevaluatedProperties'),
  ...named('array', 'items prefixItems additionalItems unevaluatedItems contains minContains maxContains'),
  ...named('array', 'minItems maxItems uniqueItems'),
  ...named('string', 'pattern format minLength maxLength contentEncoding contentMediaType contentSchema'),
  ...named('number', 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'),
]);

/** The types a schema names, without words that are none. */
export function typesOf(schema: JsonObject): SchemaType[] {
  const { type } = schema;
  if (isType(type)) return [type];
  return Array.isArray(type) ? [...new Set(type.filter((word) => isType(word)))] : [];
}

function isType(word: Json | undefined): word is SchemaType {
  return TYPES.has(word);
}

/** The type whose values a keyword is about; `undefined` when it is about all. */
export function typeOfKeyword(keyword: string): SchemaType | undefined {
  return TYPE_OF_KEYWORD.get(keyword);
}

/** Whether a keyword can say something about values of this type. */
export function appliesTo(keyword: string, type: SchemaType): boolean {
  const own = TYPE_OF_KEYWORD.get(keyword);
  return own === undefined || own === type || (own === 'number' && type === 'integer');
}

/** The type of a value: `integer` for whole numbers. */
export function typeOfValue(value: Json): SchemaType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'string' | 'boolean' | 'object';
}

/** The types that these values need together: whole numbers among others are numbers. */
export function typesOfValues(values: readonly Json[]): SchemaType[] {
  const types = new Set(values.map((value) => typeOfValue(value)));
  if (types.has('number')) types.delete('integer');
  return [...types];
}

/** The types that a schema without one must mean, by its values and keywords; empty when it could be anything. */
export function inferTypes(schema: JsonObject): SchemaType[] {
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return typesOfValues(schema['enum']);
  if (schema['const'] !== undefined) return [typeOfValue(schema['const'])];
  for (const keyword of Object.keys(schema)) {
    const type = TYPE_OF_KEYWORD.get(keyword);
    if (type !== undefined) return [type];
  }
  return schema['default'] === undefined || schema['default'] === null ? [] : [typeOfValue(schema['default'])];
}

function named(type: SchemaType, keywords: string): [string, SchemaType][] {
  return keywords.split(' ').map((keyword) => [keyword, type]);
}
