import type { Json, JsonObject, SchemaDialect } from '@claudex/sdk';
import { adaptSchema } from '@claudex/sdk/codec';

/** A schema as a dialect takes it; throws where there is none. */
export function adapted(schema: unknown, dialect: SchemaDialect): JsonObject {
  const result = adaptSchema(schema, dialect);
  if ('problem' in result) throw new Error(result.problem);
  return result.schema;
}

/** What was changed; throws where there is no schema. */
export function changesOf(schema: unknown, dialect: SchemaDialect): readonly string[] {
  const result = adaptSchema(schema, dialect);
  if ('problem' in result) throw new Error(result.problem);
  return result.changes;
}

/** An object schema. */
export function object(properties: { readonly [name: string]: Json }, others: JsonObject = {}): JsonObject {
  return { type: 'object', properties, ...others };
}

/** What becomes of the schema of one property. */
export function property(schema: Json, dialect: SchemaDialect): Json | undefined {
  const { properties } = adapted(object({ it: schema }), dialect);
  return (properties as JsonObject)['it'];
}
