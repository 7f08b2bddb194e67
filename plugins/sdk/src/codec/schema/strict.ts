import { isJsonObject, type JsonObject } from '../../index.ts';
import { mergeAllOf, oneOfToAnyOf } from './combination-steps.ts';
import { leaveOutMalformed, tupleToItems } from './common-steps.ts';
import { dropLostRefs } from './drop-refs.ts';
import { plainRoot } from './plain-root.ts';
import { rewriteSchema, without, type SchemaStep } from './rewrite-schema.ts';
import type { SchemaChanges } from './schema-changes.ts';

/** What servers understand that turn a schema into a grammar of their own. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'type title description properties required additionalProperties items enum const anyOf $ref $defs definitions'
    .concat(' default')
    .split(' '),
);

/** Leaves only what strict servers take, and closes every object. Optional properties stay optional. */
export function forStrict(schema: JsonObject, changes: SchemaChanges): JsonObject {
  return rewriteSchema(dropLostRefs(plainRoot(schema, changes), changes), STEPS, changes);
}

const knownKeywords: SchemaStep = (schema, notes) =>
  without(
    schema,
    (keyword) => !KEYWORDS.has(keyword),
    (keyword, value) => notes.cut(keyword, value),
  );

/** An object without properties of its own is a map from names to values, and stays open. */
const closeObjects: SchemaStep = (schema, notes) => {
  const { properties, additionalProperties } = schema;
  if (!isJsonObject(properties) || additionalProperties === false) return schema;
  if (Object.keys(properties).length === 0 && additionalProperties !== undefined) return schema;
  notes.cut('additionalProperties', additionalProperties);
  return { ...schema, additionalProperties: false };
};

const STEPS: readonly SchemaStep[] = [
  leaveOutMalformed,
  mergeAllOf,
  oneOfToAnyOf,
  tupleToItems,
  knownKeywords,
  closeObjects,
];
