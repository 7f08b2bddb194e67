import type { Entry, Keys, Kind } from '../../../src/config/kinds.ts';

/** A row of a table of keys: the key as code, what it may hold, its default, its meaning. */
export type KeyRow = readonly [key: string, holds: string, byDefault: string, meaning: string];

/** The rows that the schema gives for keys, in its order; tables inside are left to tables of their own. */
export function expectedRows(keys: Keys, isReserved: (key: string) => boolean): KeyRow[] {
  return Object.entries(keys)
    .filter(([key, { kind }]) => kind.type !== 'table' && !isReserved(key))
    .map(([key, entry]) => [`\`${key}\``, holds(entry.kind), defaultOf(entry), entry.meaning]);
}

/** The rows of the first table in a piece of Markdown, without its head. */
export function tableRows(markdown: string): string[][] {
  const lines = markdown.split('\n');
  const from = lines.findIndex((line) => line.startsWith('|'));
  const to = lines.findIndex((line, index) => index > from && !line.startsWith('|'));
  return lines.slice(from + 2, to === -1 ? undefined : to).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function holds(kind: Kind): string {
  switch (kind.type) {
    case 'text':
      return kind.oneOf === undefined ? (kind.expected ?? 'a text') : kind.oneOf.map((word) => `"${word}"`).join(', ');
    case 'integer':
      return `a whole number ${range(kind.min, kind.max)}`;
    case 'number':
      return `a number ${range(kind.min, kind.max)}`;
    case 'boolean':
      return 'true or false';
    case 'spelling':
      return kind.expected;
    case 'list':
      return kind.of.type === 'table' ? 'a list of tables' : 'a list of texts';
    default:
      return 'a table';
  }
}

function range(min: number, max: number): string {
  return max > 1_000_000 ? `from ${min}` : `from ${min} to ${max}`;
}

function defaultOf({ default: value }: Entry): string {
  if (value === undefined) return '';
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return isEmpty ? 'empty' : `\`${JSON.stringify(value)}\``;
}
