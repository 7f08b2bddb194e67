import type { Json, JsonObject } from '../../index.ts';

const DEEPEST = 200;
const MOST_PARTS = 20_000;

/** Why a schema is beyond all reason; `undefined` when it is not. */
export function excessOf(schema: JsonObject): string | undefined {
  return excessBelow(schema, 0, { parts: 0 });
}

/** Counts the objects and lists of a value into `seen`, and stops at the first limit. */
function excessBelow(value: Json, depth: number, seen: { parts: number }): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > DEEPEST) return `the schema is nested more than ${DEEPEST} levels deep`;
  seen.parts += 1;
  if (seen.parts > MOST_PARTS) return `the schema has more than ${MOST_PARTS} parts`;
  if (Array.isArray(value)) {
    for (const entry of value) {
      const excess = excessBelow(entry, depth + 1, seen);
      if (excess !== undefined) return excess;
    }
    return undefined;
  }
  for (const key in value) {
    const excess = excessBelow(value[key] ?? null, depth + 1, seen);
    if (excess !== undefined) return excess;
  }
  return undefined;
}
