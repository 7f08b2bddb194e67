import { looksLikeKey } from './looks-like-key.ts';

/** Any value a configuration file can hold. */
export type JsonLike = string | number | boolean | null | JsonLike[] | Table;

/** A table of values. Made without a prototype: `constructor` is a key like any other, never inherited. */
export type Table = { [key: string]: JsonLike };

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
    text += typeof word === 'number' ? `[${word}]` : `${text === '' ? '' : '.'}${printWord(word)}`;
  }
  return text;
}

const LONGEST_WORD = 64;

/** What merges one table into another in YAML 1.1. It is no name and holds nothing. */
export const MERGE_KEY = '<<';

/**
 * A key or a name from a file. Of one that is no identifier only the beginning is shown: where a colon or a quote
 * is missing, a value has become a part of it, and that may be a secret.
 */
export function printWord(word: string): string {
  if (word === MERGE_KEY) return word;
  const [identifier = ''] = /^[\p{L}\p{N}_$.-]*/u.exec(word) ?? [];
  if (looksLikeKey(identifier.slice(0, LONGEST_WORD))) return '…';
  return identifier.length === word.length && word.length <= LONGEST_WORD
    ? word
    : `${identifier.slice(0, LONGEST_WORD)}…`;
}

/** Text from a file that others may have written, made harmless for a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** The same for a text of several lines, which stay lines. */
export function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line.replaceAll('\t', '  ').replace(/\r$/, '')))
    .join('\n');
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

/** A copy of a table without these keys of it or of the tables in it. */
export function without(values: Table, paths: readonly Path[]): Table {
  const below = new Map<string, Path[]>();
  for (const [key, ...rest] of paths) {
    const others = below.get(String(key));
    if (others === undefined) below.set(String(key), [rest]);
    else others.push(rest);
  }
  const result = emptyTable();
  for (const [name, value] of Object.entries(values)) {
    const inside = below.get(name);
    if (inside === undefined) result[name] = value;
    else if (inside.every((path) => path.length > 0)) result[name] = isTable(value) ? without(value, inside) : value;
  }
  return result;
}
