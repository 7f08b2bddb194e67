import type { Table } from './layers.ts';

/** Keys from the top of a document down to one value; numbers are places in a list. */
export type Path = readonly (string | number)[];

/** Names that mean something to JavaScript itself and are refused wherever a user may choose a key. */
export const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Narrows to a table: an object that is neither a list nor one of a parser's own classes. */
export function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** An empty table without a prototype. */
export function emptyTable(): Table {
  return Object.create(null) as Table;
}

/** A key that is safe to use as a map's key. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

/** `profiles.grok.base_url` for people; entries of `profiles` go by their name where they have one. */
export function printPath(path: Path, values?: unknown): string {
  let text = '';
  let below = values;
  for (const step of path) {
    below = typeof below === 'object' && below !== null ? (below as Record<string | number, unknown>)[step] : undefined;
    const name = typeof step === 'number' && isTable(below) ? below['name'] : undefined;
    const word = typeof name === 'string' ? name : step;
    text += typeof word === 'number' ? `[${word}]` : `${text === '' ? '' : '.'}${printable(word)}`;
  }
  return text;
}

/** Text from a file that others may have written, made harmless for a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** What a path leads to, own keys only; undefined when it leads nowhere. */
export function valueAt(values: unknown, path: Path): unknown {
  let value = values;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** A copy of a table without one of its keys or of those of the tables in it. */
export function without(values: Table, path: Path): Table {
  const [key, ...rest] = path;
  const result = emptyTable();
  for (const [name, value] of Object.entries(values)) {
    if (name !== key) result[name] = value;
    else if (rest.length > 0) result[name] = isTable(value) ? without(value, rest) : value;
  }
  return result;
}
