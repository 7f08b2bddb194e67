import type { Schema } from '../wire.ts';

const DEEPEST = 12;

/**
 * A value that fits a JSON schema, as plain as possible: required fields only, `text` for strings. It knows the
 * keywords that tools and response formats use; patterns and formats are beyond it.
 */
export function sampleOf(schema: unknown, text = 'demo', root: unknown = schema, depth = 0): unknown {
  if (!isSchema(schema) || depth > DEEPEST) return null;
  const resolved = resolve(schema, root);
  if ('const' in resolved) return resolved['const'];
  if (Array.isArray(resolved['enum'])) return resolved['enum'][0];
  const choice = [resolved['anyOf'], resolved['oneOf']].find((list) => Array.isArray(list) && list.length > 0);
  if (Array.isArray(choice)) return sampleOf(choice[0], text, root, depth + 1);
  switch (typeOf(resolved)) {
    case 'string':
      return stringFor(resolved, text);
    case 'integer':
    case 'number':
      return numberFor(resolved);
    case 'boolean':
      return false;
    case 'array':
      return Array.from({ length: numberOr(resolved['minItems'], 0) }, () =>
        sampleOf(resolved['items'], text, root, depth + 1),
      );
    case 'null':
      return null;
    default:
      return objectFor(resolved, text, root, depth);
  }
}

function objectFor(schema: Schema, text: string, root: unknown, depth: number): object {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  return Object.fromEntries(
    required.map((name) => [name, sampleOf(properties[name] ?? { type: 'string' }, text, root, depth + 1)]),
  );
}

function stringFor(schema: Schema, text: string): string {
  const shortest = numberOr(schema['minLength'], 0);
  const longest = Math.max(shortest, numberOr(schema['maxLength'], Infinity));
  return text.padEnd(shortest, '.').slice(0, longest);
}

function numberFor(schema: Schema): number {
  const above = numberOr(schema['exclusiveMinimum'], -Infinity);
  if (above !== -Infinity) return Math.floor(above) + 1;
  const least = numberOr(schema['minimum'], Math.min(0, numberOr(schema['maximum'], 0)));
  return schema['type'] === 'integer' ? Math.ceil(least) : least;
}

function resolve(schema: Schema, root: unknown): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return merge(schema);
  const keys = reference
    .slice(2)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = keys.reduce<unknown>((place, key) => (isSchema(place) ? place[key] : undefined), root);
  return isSchema(target) ? merge(target) : {};
}

function merge(schema: Schema): Schema {
  const parts = schema['allOf'];
  return Array.isArray(parts) ? Object.assign({}, schema, ...parts.filter(isSchema)) : schema;
}

function typeOf(schema: Schema): string {
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (typeof type === 'string') return type;
  return 'items' in schema ? 'array' : 'object';
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
