import { documentKind } from '../../src/config/schema.ts';
import { UNSAFE_KEYS } from '../../src/config/tables.ts';

/** The keys without which a table is refused. Everything else may come from another layer. */
const REQUIRED = new Map([['profiles', ['name']]]);

/** The configuration as JSON Schema, draft 2020-12. What rules say about several keys at once is not in it. */
export function schemaDocument() {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of Claudex',
    description: 'claudex.toml, claudex.yaml and the global config.toml or config.yaml',
    ...schemaOf(documentKind, ''),
  };
}

function schemaOf(kind, key) {
  switch (kind.type) {
    case 'text':
      if (kind.oneOf !== undefined) return { enum: [...kind.oneOf] };
      return kind.pattern === undefined ? { type: 'string' } : { type: 'string', pattern: kind.pattern.source };
    case 'integer':
    case 'number':
      return { type: kind.type, minimum: kind.min, maximum: kind.max };
    case 'boolean':
      return { type: 'boolean' };
    case 'spelling':
      return structuredClone(kind.schema);
    case 'list':
      return { type: 'array', items: schemaOf(kind.of, key) };
    case 'dictionary':
      return { type: 'object', propertyNames: namesSchema(kind), additionalProperties: orNull(schemaOf(kind.of, '')) };
    case 'anything':
      return { type: 'object', propertyNames: { not: { enum: [...UNSAFE_KEYS] } } };
    default:
      return tableSchema(kind.keys, REQUIRED.get(key) ?? []);
  }
}

function tableSchema(keys, required) {
  const properties = Object.entries(keys).map(([key, entry]) => [key, propertySchema(key, entry, required)]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
  };
}

function propertySchema(key, entry, required) {
  const schema = schemaOf(entry.kind, key);
  const value = required.includes(key) ? schema : orNull(schema);
  return { description: entry.meaning, ...(entry.default === undefined ? {} : { default: entry.default }), ...value };
}

function namesSchema({ keyPattern }) {
  return { ...(keyPattern === undefined ? {} : { pattern: keyPattern.source }), not: { enum: [...UNSAFE_KEYS] } };
}

/** A key without a value, as YAML has it, is a key that is not set. */
function orNull(schema) {
  if (schema.enum !== undefined) return { ...schema, enum: [...schema.enum, null] };
  if (schema.anyOf !== undefined) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  return { ...schema, type: [schema.type, 'null'] };
}
