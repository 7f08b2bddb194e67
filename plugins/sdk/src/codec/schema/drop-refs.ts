import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import type { SchemaChanges } from './schema-changes.ts';
import { followRef, isRef } from './schema-refs.ts';
import { mapSubschemas } from './subschemas.ts';

/** Leaves out references that lead out of the schema, to nothing or in circles. Nobody fetches them for us. */
export function dropLostRefs(document: JsonObject, changes: SchemaChanges): JsonObject {
  const visit = (schema: Json, path: string): Json => {
    if (!isJsonObject(schema)) return schema;
    let kept = schema;
    if (isRef(schema) && followRef(document, schema['$ref']) === undefined) {
      const { $ref: _lost, ...rest } = schema;
      changes.note(path, '$ref');
      kept = rest;
    }
    return mapSubschemas(kept, path, (child, _keyword, place) => visit(child, place));
  };
  return visit(document, '') as JsonObject;
}
