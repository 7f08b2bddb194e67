import type { Json } from '../../index.ts';

const DEEPEST = 200;
const MOST_PARTS = 20_000;

/** Why a schema is beyond all reason; `undefined` when it is not. */
export function excessOf(schema: Json): string | undefined {
  let level: Json[] = [schema];
  let parts = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return `the schema is nested more than ${DEEPEST} levels deep`;
    const next: Json[] = [];
    for (const value of level) {
      parts += 1;
      if (parts > MOST_PARTS) return `the schema has more than ${MOST_PARTS} parts`;
      for (const child of childrenOf(value)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return undefined;
}

function childrenOf(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
