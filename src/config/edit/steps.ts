import { isDeepStrictEqual } from 'node:util';
import { usageError } from '../../errors/index.ts';
import { isTable, printPath, valueAt, type JsonLike, type Path, type Table } from '../tables.ts';
import type { ConfigurationEdit } from './edits.ts';

/** The smallest change of a document: a key that is there gets another value, or goes; a new one comes to what is there. */
export type Step =
  | { readonly op: 'replace' | 'insert'; readonly path: Path; readonly value: JsonLike }
  | { readonly op: 'remove'; readonly path: Path };

/** The first step towards what an edit wants; undefined when the values say so already. */
export function nextStep(values: Table, edit: ConfigurationEdit): Step | undefined {
  const path = placed(values, edit.path);
  if (edit.op === 'unset') return removal(values, path);
  const missing = path.findIndex((_, index) => (valueAt(values, path.slice(0, index + 1)) ?? null) === null);
  if (missing === -1) return difference(values, path, nested(edit, path.length));
  const found = path.slice(0, missing + 1);
  const value = nested(edit, missing + 1);
  // A key that stands there without a value.
  if (valueAt(values, found) === null) return { op: 'replace', path: found, value };
  const above = valueAt(values, found.slice(0, -1));
  const place = found.at(-1);
  if (isTable(above) && typeof place === 'string') return { op: 'insert', path: found, value };
  if (Array.isArray(above) && place === above.length) return { op: 'insert', path: found, value };
  throw usageError(
    'key-not-found',
    `${printPath(edit.path)} leads nowhere: ${printPath(found.slice(0, -1), values)} has no place for it`,
    'Name a place in the list, or the one directly behind its last entry.',
  );
}

/** An edit with the place of a profile that is there instead of its name, which the edit may change. */
export function byPlace(values: Table, edit: ConfigurationEdit): ConfigurationEdit {
  const [, name, ...rest] = edit.path;
  const path = placed(values, edit.path);
  if (edit.op === 'unset' || typeof name !== 'string' || valueAt(values, path.slice(0, 2)) === undefined) return edit;
  const isWhole = path[0] === 'profiles' && rest.length === 0;
  return { ...edit, path, value: isWhole && isTable(edit.value) ? withName(name, edit.value) : edit.value };
}

/** A list without entries is something else than no list, except that of profiles. */
function removal(values: Table, path: Path): Step | undefined {
  if ((valueAt(values, path) ?? null) === null) return undefined;
  const above = path.slice(0, -1);
  const list = valueAt(values, above);
  const isLast = Array.isArray(list) && list.length === 1 && !(above.length === 1 && above[0] === 'profiles');
  return isLast ? { op: 'replace', path: above, value: [] } : { op: 'remove', path };
}

/** Below `profiles`, the place instead of the name; behind the last one for a name that is not there. */
function placed(values: Table, path: Path): Path {
  const [list, name, ...rest] = path;
  if (list !== 'profiles' || typeof name !== 'string') return path;
  const entries = valueAt(values, [list]);
  const profiles = Array.isArray(entries) ? (entries as JsonLike[]) : [];
  const place = profiles.findIndex((profile) => isTable(profile) && profile['name'] === name);
  return [list, place === -1 ? profiles.length : place, ...rest];
}

/** What has to stand at the first `depth` steps of a path, so that the value is at its end. A new profile begins with its name. */
function nested(edit: Extract<ConfigurationEdit, { op: 'set' }>, depth: number): JsonLike {
  let value = withoutNull(edit.value);
  for (let length = edit.path.length; length >= depth; length -= 1) {
    const step = edit.path[length - 1] ?? '';
    const isProfile = length === 2 && edit.path[0] === 'profiles';
    if (isProfile && typeof step === 'string' && isTable(value)) value = withName(step, value);
    if (length > depth) value = typeof step === 'number' || isProfile ? [value] : { [step]: value };
  }
  return value;
}

/** A profile that gives another name of its own keeps that one. */
function withName(name: string, profile: Table): Table {
  return { name, ...profile };
}

function difference(values: Table, path: Path, wanted: JsonLike): Step | undefined {
  const old = valueAt(values, path) as JsonLike | undefined;
  if (isDeepStrictEqual(plain(old), plain(wanted))) return undefined;
  if (old === undefined) return { op: 'insert', path, value: wanted };
  if (isTable(old) && isTable(wanted)) return tableDifference(values, path, old, wanted);
  if (Array.isArray(old) && Array.isArray(wanted) && wanted.length > 0)
    return listDifference(values, path, old, wanted);
  return { op: 'replace', path, value: wanted };
}

function tableDifference(values: Table, path: Path, old: Table, wanted: Table): Step | undefined {
  const surplus = Object.keys(old).find((key) => !Object.hasOwn(wanted, key));
  if (surplus !== undefined) return { op: 'remove', path: [...path, surplus] };
  for (const [key, value] of Object.entries(wanted)) {
    const step = difference(values, [...path, key], value);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Entries that are gone from the middle are taken out there, so that the comments of the others stay with them. */
function listDifference(values: Table, path: Path, old: JsonLike[], wanted: JsonLike[]): Step | undefined {
  const first = old.findIndex((entry, index) => !isDeepStrictEqual(plain(entry), plain(wanted[index])));
  if (first === -1) return { op: 'insert', path: [...path, old.length], value: wanted[old.length] ?? '' };
  const shift = old.length - wanted.length;
  const isGone = shift > 0 && isDeepStrictEqual(plain(old.slice(first + shift)), plain(wanted.slice(first)));
  if (isGone || first >= wanted.length) return { op: 'remove', path: [...path, first] };
  return difference(values, [...path, first], wanted[first] ?? '');
}

/** Values that can be compared whatever their prototypes are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (isTable(value)) return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, plain(below)]));
  return value === 0 ? 0 : value;
}

/** In tables, nothing means that the key is not there. */
function withoutNull(value: JsonLike): JsonLike {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isTable(value)) return value;
  const kept = Object.entries(value).filter(([, below]) => below !== null);
  return Object.fromEntries(kept.map(([key, below]) => [key, withoutNull(below)]));
}
