import { isJsonObject, type JsonObject, type SchemaDialect } from '../../index.ts';

/** A tool's schema as a provider takes it, or why it cannot be made to. */
export type AdaptedSchema =
  | {
      readonly schema: JsonObject;
      /** What was changed, e.g. `properties.path: pattern`; empty when the schema is passed on as it is. */
      readonly changes: readonly string[];
    }
  | { readonly problem: string };

/** Cuts a schema down to what a dialect takes, and no further. */
export function adaptSchema(schema: unknown, dialect: SchemaDialect): AdaptedSchema {
  if (!isJsonObject(schema)) return { problem: 'the schema is not an object' };
  if (dialect === 'full') return { schema, changes: [] };
  if (schema['type'] !== undefined && schema['properties'] !== undefined) return { schema, changes: [] };
  return {
    schema: { ...schema, type: schema['type'] ?? 'object', properties: schema['properties'] ?? {} },
    changes: [],
  };
}
