import type { Configuration } from './configuration.ts';
import type { Kind } from './kinds.ts';
import type { JsonLike, Table } from './layers.ts';
import { documentKind } from './schema.ts';
import { emptyTable, isTable } from './tables.ts';

/** The lowest layer: every key that has a default. */
export function defaultValues(): Table {
  return complete({}, documentKind) as Table;
}

/** Fills in the defaults that only show after merging (of profiles) and settles alternative spellings. */
export function configurationOf(merged: Table): Configuration {
  const configuration = complete(merged, documentKind) as unknown as Configuration;
  for (const profile of configuration.profiles) {
    if (profile.provider === undefined) profile.provider_type ??= 'DirectAnthropic';
  }
  return configuration;
}

/** A fresh copy of a checked value, with defaults, in one spelling. */
function complete(value: JsonLike, kind: Kind): JsonLike {
  if (kind.type === 'spelling') return kind.settle(value) ?? value;
  if (kind.type === 'list' && Array.isArray(value)) return value.map((below) => complete(below, kind.of));
  if (!isTable(value)) return value;
  if (kind.type === 'table') return completeTable(value, kind);
  const result = emptyTable();
  for (const [key, below] of Object.entries(value)) {
    result[key] = kind.type === 'dictionary' ? complete(below, kind.of) : structuredClone(below);
  }
  return result;
}

function completeTable(value: Table, kind: Extract<Kind, { type: 'table' }>): Table {
  const result: Table = {};
  for (const [key, entry] of Object.entries(kind.keys)) {
    const below = Object.hasOwn(value, key) ? value[key] : entry.default;
    if (below !== undefined) result[key] = complete(below, entry.kind);
  }
  return result;
}
