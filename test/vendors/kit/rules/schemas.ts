import { refuse } from '../refuse.ts';
import type { Refusal } from '../vendor.ts';

type Schema = { readonly [keyword: string]: unknown };

/** A tool, in no protocol's words. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: unknown;
}

/** Says what is wrong with a schema, or nothing. */
export type SchemaLaw = (schema: Schema) => string | undefined;

/** Holds the schemas of tools against a law. */
export function checkSchemas(tools: readonly NamedSchema[], law: SchemaLaw): Refusal | undefined {
  for (const { name, schema } of tools) {
    const wrong = isSchema(schema) ? law(schema) : 'schema must be an object';
    if (wrong !== undefined) return refuse(`Invalid schema for function '${name}': ${wrong}`, { param: 'tools' });
  }
  return undefined;
}

const ROOT_REFUSED = ['oneOf', 'anyOf', 'allOf', 'enum', 'const', 'not'];

/** The root is an object and nothing else. */
export const plainRoot: SchemaLaw = (schema) => {
  if (schema['type'] !== 'object') return `schema must be of type "object", got ${JSON.stringify(schema['type'])}`;
  const found = ROOT_REFUSED.find((keyword) => schema[keyword] !== undefined);
  return found === undefined ? undefined : `'${found}' is not permitted at the top level`;
};

/** Kimi: no references, and a type for every property. */
export const kimiSchema: SchemaLaw = (schema) =>
  plainRoot(schema) ??
  firstIn(schema, (inner, isProperty) => {
    if (inner['$ref'] !== undefined || inner['$defs'] !== undefined) return 'references are not supported';
    if (!isProperty || inner['type'] !== undefined || inner['anyOf'] !== undefined) return undefined;
    return 'a property has no type';
  });

const GEMINI_KEYWORDS =
  'type nullable required format description title properties items enum anyOf $ref $defs minItems maxItems minLength maxLength minProperties maxProperties minimum maximum pattern example default propertyOrdering'.split(
    ' ',
  );

/** What Gemini's own `parameters` may contain. */
export const geminiSchema: SchemaLaw = (schema) =>
  firstIn(schema, (inner) => {
    const unknown = Object.keys(inner).find((keyword) => !GEMINI_KEYWORDS.includes(keyword));
    if (unknown !== undefined) return `Unknown name "${unknown}"`;
    if (Array.isArray(inner['type'])) return 'type is not a list';
    const { enum: values, format } = inner;
    if (Array.isArray(values) && values.some((value) => typeof value !== 'string')) return 'enum: only STRING';
    if (inner['type'] === 'string' && format !== undefined && format !== 'enum' && format !== 'date-time')
      return `only 'enum' and 'date-time' are supported for STRING type, not ${JSON.stringify(format)}`;
    return undefined;
  });

/** What all of them refuse: a reference to somewhere else, and properties that are no table. */
export const anySchema: SchemaLaw = (schema) =>
  firstIn(schema, ({ $ref: reference, properties }) => {
    if (typeof reference === 'string' && !reference.startsWith('#')) return 'only local references';
    return properties !== undefined && !isSchema(properties) ? 'properties must be an object' : undefined;
  });

/** Asks about every schema in a schema; a property of any name is never taken for a keyword. */
function firstIn(
  schema: Schema,
  ask: (schema: Schema, isProperty: boolean) => string | undefined,
  isProperty = false,
): string | undefined {
  const own = ask(schema, isProperty);
  if (own !== undefined) return own;
  for (const [inner, asProperty] of innerOf(schema)) {
    const found = isSchema(inner) ? firstIn(inner, ask, asProperty) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function innerOf(schema: Schema): [schema: unknown, isProperty: boolean][] {
  const tables = [schema['properties'], schema['$defs'], schema['definitions'], schema['patternProperties']];
  const lists = ['anyOf', 'oneOf', 'allOf', 'prefixItems'].map((name) => schema[name]);
  const single = ['items', 'additionalProperties', 'propertyNames', 'not', 'contains'].map((name) => schema[name]);
  return [
    ...tables.flatMap((table, index): [unknown, boolean][] =>
      isSchema(table) ? Object.values(table).map((inner) => [inner, index === 0]) : [],
    ),
    ...lists.flatMap((list): [unknown, boolean][] => (Array.isArray(list) ? list.map((inner) => [inner, false]) : [])),
    ...single.map((inner): [unknown, boolean] => [inner, false]),
  ];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
