import { isJsonObject, type JsonObject } from '../../index.ts';
import { mapSubschemas } from './subschemas.ts';

/**
 * Writes `const` as an enumeration of one value, everywhere in a schema, for servers that read the one and not the
 * other. Nothing else changes, and a schema without it is returned as it is.
 */
export function enumsForConsts(schema: JsonObject): JsonObject {
  const { const: value, ...rest } = schema;
  const own = value === undefined ? schema : { ...rest, enum: [value] };
  return mapSubschemas(own, '', (child) => (isJsonObject(child) ? enumsForConsts(child) : child));
}
