import type { Layer } from './layers.ts';
import { isTable, valueAt, type Path, type Table } from './tables.ts';

/** A layer that a user wrote, and where in it a key is. */
export interface Source {
  readonly layer: Layer;
  /** `file:line:column`, `file` or the name of an environment variable. */
  readonly locate: (path: Path) => string;
}

/**
 * Where a key of the merged configuration comes from: the highest source that sets it. For a key nobody set,
 * the lowest source with the entry it is missing from, because that is where the entry was begun.
 */
export function originOf(sources: readonly Source[], path: Path, merged: Table): string {
  for (let length = path.length; length > 0; length -= 1) {
    const holders = sources.filter((source) => holds(source, path.slice(0, length), merged));
    const holder = length === path.length ? holders.at(-1) : holders[0];
    if (holder !== undefined) return placeIn(holder, path, merged);
  }
  return sources.at(-1)?.locate(path) ?? 'configuration';
}

/** What a source itself says of a key of the merged configuration. */
export function valueIn(source: Source, path: Path, merged: unknown): unknown {
  return valueAt(source.layer.values, inSource(source, path, merged));
}

/** Where in a source a key of the merged configuration stands. */
export function placeIn(source: Source, path: Path, merged: unknown): string {
  return source.locate(inSource(source, path, merged));
}

function holds(source: Source, path: Path, merged: Table): boolean {
  return valueIn(source, path, merged) !== undefined;
}

/** Profiles merge by name, so one may stand at another place in its source than after merging. */
function inSource(source: Source, path: Path, merged: unknown): Path {
  const [list, index, ...rest] = path;
  if (list !== 'profiles' || index === undefined) return path;
  const name = valueAt(merged, [list, index, 'name']);
  const entries = valueAt(source.layer.values, [list]);
  const place = Array.isArray(entries) ? entries.findIndex((entry) => isTable(entry) && entry['name'] === name) : -1;
  return [list, place, ...rest];
}
