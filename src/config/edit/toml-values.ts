import { patch } from '@decimalturn/toml-patch';
import { parse, stringify } from 'smol-toml';
import { isDeepStrictEqual } from 'node:util';
import { isTable, type JsonLike, type Table } from '../tables.ts';

/** A key as it stands before `=` or between the dots of a header. */
export function tomlKey(key: string): string {
  return stringify({ [key]: 0 }).replace(/ = 0\s*$/, '');
}

/** A value on one line. */
export function tomlValue(value: JsonLike): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (!isTable(value)) return stringify({ x: value }).trimEnd().slice('x = '.length);
  const pairs = Object.entries(value).map(([key, below]) => `${tomlKey(key)} = ${tomlValue(below)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** The lines of a `[header]` with everything in a table below it; tables in it get headers of their own. */
export function tomlSection(keys: readonly string[], value: Table, brackets: 1 | 2, indent: string): string[] {
  const name = keys.map(tomlKey).join('.');
  const lines = [brackets === 2 ? `[[${name}]]` : `[${name}]`];
  for (const [key, below] of Object.entries(value)) {
    if (!isTable(below)) lines.push(`${tomlKey(key)} = ${tomlValue(below)}`);
  }
  const isOnlyTables = brackets === 1 && lines.length === 1 && Object.keys(value).length > 0;
  const indented = isOnlyTables ? [] : lines.map((line) => indent + line);
  for (const [key, below] of Object.entries(value)) {
    if (!isTable(below)) continue;
    if (indented.length > 0) indented.push('');
    indented.push(...tomlSection([...keys, key], below, 1, indent));
  }
  return indented;
}

/**
 * The text of a value after a change. Inside lists and inline tables what did not change keeps its spelling and its
 * comments, as far as the library that does this gets it right.
 */
export function changedTomlValue(text: string, value: JsonLike): string {
  const isContainer = text.startsWith('[') ? Array.isArray(value) : text.startsWith('{') && isTable(value);
  if (!isContainer) return tomlValue(value);
  try {
    const changed = patch(`x = ${text}`, { x: value }).trimEnd();
    const { x: meant } = parse(changed);
    if (changed.startsWith('x = ') && isDeepStrictEqual(plain(meant), plain(value)))
      return changed.slice('x = '.length);
  } catch {
    // What it cannot do is written anew.
  }
  return tomlValue(value);
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
