import { isJsonObject, type Json, type JsonObject } from '../../index.ts';
import { SchemaNotes, type SchemaChanges } from './schema-changes.ts';
import { mapSubschemas } from './subschemas.ts';

/** Changes one schema, but not those inside it; returns the very same one where there is nothing to change. */
export type SchemaStep = (schema: JsonObject, notes: SchemaNotes) => JsonObject;

/** One step can make work for an earlier one; no schema needs more rounds than this. */
const MOST_ROUNDS = 12;

/** Keywords whose `true`, `false` and `{}` are understood everywhere. */
const TAKES_BOOLEANS: ReadonlySet<string> = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
]);

/** Keywords whose schemas judge values instead of describing them. */
const JUDGES: ReadonlySet<string> = new Set(['not', 'if', 'then', 'else', 'contains', 'propertyNames']);

/** Takes every schema of a tree, outer ones first, through the same steps. */
export function rewriteSchema(root: JsonObject, steps: readonly SchemaStep[], changes: SchemaChanges): JsonObject {
  const rewrite = (schema: JsonObject, path: string, depth: number): JsonObject => {
    const notes = new SchemaNotes(changes, path, depth);
    let current = schema;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const before = current;
      for (const step of steps) current = step(current, notes);
      if (current === before) break;
    }
    return mapSubschemas(notes.describe(current), path, (child, keyword, place) => {
      if (JUDGES.has(keyword)) return child;
      const isAny = !isJsonObject(child) || Object.keys(child).length === 0;
      if (isAny && TAKES_BOOLEANS.has(keyword)) return child;
      if (!isJsonObject(child)) changes.note(place, typeof child);
      return rewrite(isJsonObject(child) ? child : {}, place, depth + 1);
    });
  };
  return rewrite(root, '', 0);
}

/** Leaves out the keywords of a schema that `drops` names, and tells of each. */
export function without(
  schema: JsonObject,
  drops: (keyword: string, value: Json) => boolean,
  tell: (keyword: string, value: Json) => void,
): JsonObject {
  const isDropped = (keyword: string): boolean => drops(keyword, schema[keyword] ?? null);
  const dropped = Object.keys(schema).filter((keyword) => isDropped(keyword));
  if (dropped.length === 0) return schema;
  for (const keyword of dropped) tell(keyword, schema[keyword] ?? null);
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !isDropped(keyword)));
}
