import { kindBelow, type Kind } from './kinds.ts';
import { documentKind } from './schema.ts';
import { emptyTable, isTable, type JsonLike, type Table } from './tables.ts';

/** Lays checked layers over each other, lowest first. Nothing that was handed in is changed. */
export function mergeLayers(layers: readonly Table[]): Table {
  return layers.reduce((lower, upper) => mergeTables(lower, upper, documentKind), emptyTable());
}

/** Tables merge by key, lists replace, except those whose entries merge by name. */
function merge(lower: JsonLike | undefined, upper: JsonLike, kind: Kind | undefined): JsonLike {
  if (isTable(lower) && isTable(upper)) return mergeTables(lower, upper, kind);
  if (Array.isArray(lower) && Array.isArray(upper) && kind?.type === 'list' && kind.mergeBy !== undefined) {
    return mergeByName(lower, upper, kind.mergeBy, kind.of);
  }
  return upper;
}

function mergeTables(lower: Table, upper: Table, kind: Kind | undefined): Table {
  const result = emptyTable();
  for (const [key, value] of Object.entries(lower)) result[key] = value;
  for (const [key, value] of Object.entries(upper)) result[key] = merge(result[key], value, kindBelow(kind, key));
  return result;
}

/** An entry keeps the place where its name came up first. */
function mergeByName(lower: JsonLike[], upper: JsonLike[], key: string, kind: Kind): JsonLike[] {
  const byName = new Map<JsonLike, JsonLike>();
  for (const entry of [...lower, ...upper]) {
    const name = isTable(entry) ? entry[key] : undefined;
    if (name !== undefined) byName.set(name, merge(byName.get(name), entry, kind));
  }
  return [...byName.values()];
}
