import type { Path } from '../tables.ts';
import { indentAt, nextLine, startOfComments, startOfLine } from './splice.ts';
import type { Statement } from './toml-statements.ts';

/** Where a new line goes. */
export interface PairPlace {
  readonly offset: number;
  readonly indent: string;
  /** Lines to put behind it, so that it does not stick to what follows. */
  readonly after: readonly string[];
}

/** Where a new key of an open table goes: below the line that shows it commented out, else behind the table's last key. */
export function pairPlace(text: string, statements: readonly Statement[], parent: Path, key: string): PairPlace {
  const isTop = parent.length === 0;
  const opened = isTop ? -1 : statements.findIndex(({ kind, path }) => kind !== 'pair' && same(path, parent));
  const rest = statements.slice(opened + 1);
  const nextHeader = rest.findIndex(({ kind }) => kind !== 'pair');
  const pairs = nextHeader === -1 ? rest : rest.slice(0, nextHeader);
  const last = pairs.at(-1) ?? statements[opened];
  const indent = pairs[0] === undefined && isTop ? '' : indentAt(text, (pairs[0] ?? statements[opened])?.start ?? 0);
  const from = isTop ? 0 : (statements[opened]?.end ?? 0);
  const to = rest[nextHeader]?.start ?? text.length;
  const shown = commentedKey(text, from, to, key);
  if (shown !== undefined) return { offset: shown, indent, after: [] };
  if (last !== undefined) return { offset: nextLine(text, last.end), indent, after: [] };
  const offset = firstSection(text, to);
  return { offset, indent, after: offset < text.length ? [''] : [] };
}

/** Behind a line such as `# log_level = "info"`, unless it belongs to a table that is commented out. */
function commentedKey(text: string, from: number, to: number, key: string): number | undefined {
  const shown = `${key} =`;
  for (let line = from === 0 ? 0 : nextLine(text, from); line < to; line = nextLine(text, line)) {
    const words = text.slice(line, nextLine(text, line));
    if (/^[ \t]*#[ \t]*\[/.test(words)) return undefined;
    if (
      /^[ \t]*#/.test(words) &&
      words
        .replace(/^[ \t]*#[ \t]*/, '')
        .replace(/[ \t]*=/, ' =')
        .startsWith(shown)
    )
      return nextLine(text, line);
  }
  return undefined;
}

/** Before the first table, also one that is commented out, and the comment above it. */
function firstSection(text: string, to: number): number {
  const commented = /^[ \t]*#[ \t]*\[\[?[A-Za-z]/m.exec(text.slice(0, to));
  const at = commented === null ? to : commented.index;
  return at >= text.length ? text.length : startOfComments(text, startOfLine(text, at));
}

function same(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

/**
 * Where a new table goes if the text shows it commented out: directly below its header, so that it stands beside what is
 * written about it. Undefined when there is no such line, or when keys of another table follow it.
 */
export function sectionPlace(text: string, statements: readonly Statement[], header: string): number | undefined {
  for (let line = 0; line < text.length; line = nextLine(text, line)) {
    const words = text.slice(line, nextLine(text, line));
    if (!/^[ \t]*#/.test(words) || words.replace(/^[ \t]*#[ \t]*/, '').trim() !== header) continue;
    const offset = nextLine(text, line);
    const next = statements.find(({ end }) => end > offset);
    return next === undefined || (next.kind !== 'pair' && next.start >= offset) ? offset : undefined;
  }
  return undefined;
}
