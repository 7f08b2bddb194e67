import type { Json } from '../../index.ts';

/** A string of a JSON value and where it stands, e.g. `messages[0].content`. */
export interface FoundString {
  readonly path: string;
  readonly value: string;
}

/** Every string of a JSON value that is no name of a field. */
export function* stringsOf(value: unknown, path = ''): Generator<FoundString> {
  if (typeof value === 'string') yield { path, value };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* stringsOf(item, `${path}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* stringsOf(item, path === '' ? key : `${path}.${key}`);
  }
}

/** The same JSON with other strings. */
export function mapStrings(value: Json, change: (text: string) => string): Json {
  return mapLeaves(value, (leaf) => (typeof leaf === 'string' ? change(leaf) : leaf));
}

/** The same JSON with something else in place of every number. */
export function replaceNumbers(value: Json, replacement: Json): Json {
  return mapLeaves(value, (leaf) => (typeof leaf === 'number' ? replacement : leaf));
}

function mapLeaves(value: Json, change: (leaf: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapLeaves(item, change)]));
}

/** Whether `path` is `outer` or lies inside it. */
export function isInside(path: string, outer: string): boolean {
  return path.startsWith(outer) && (path.length === outer.length || /[.[]/.test(path[outer.length] ?? ''));
}
