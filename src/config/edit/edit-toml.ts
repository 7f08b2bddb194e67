import { isTable, valueAt, type JsonLike, type Path, type Table } from '../tables.ts';
import { changedValues } from './changed-values.ts';
import type { Step } from './steps.ts';
import {
  endOfComments,
  indentAt,
  insertLines,
  nextLine,
  splice,
  startOfComments,
  startOfLine,
  startsWith,
} from './splice.ts';
import { pairPlace, sectionPlace } from './toml-places.ts';
import { tomlStatements, type Statement } from './toml-statements.ts';
import { changedTomlValue, tomlKey, tomlSection, tomlValue } from './toml-values.ts';

/*
 * The library that patches TOML documents puts new keys below the comments of the next table and takes tables of other
 * entries along when it removes one. So only what is inside one value is left to it; keys and tables are placed here.
 */

/** A TOML text after one step. Every byte that the step is not about stays. */
export function editToml(text: string, values: Table, step: Step): string {
  const statements = tomlStatements(text);
  const holder = statements.find(({ kind, path }) => kind === 'pair' && startsWith(step.path, path));
  if (step.op === 'remove') {
    const isWhole = holder === undefined || holder.path.length === step.path.length;
    return isWhole ? remove(text, statements, step.path) : rewrite(text, holder, values, step);
  }
  if (holder !== undefined) return rewrite(text, holder, values, step);
  const cleared = step.op === 'replace' ? remove(text, statements, step.path) : text;
  return insert(cleared, step.op === 'replace' ? tomlStatements(cleared) : statements, step.path, step.value);
}

function rewrite(text: string, holder: Statement, values: Table, step: Step): string {
  const value = valueAt(changedValues(values, step), holder.path) as JsonLike;
  const old = text.slice(holder.valueStart, holder.end);
  return splice(text, holder.valueStart, holder.end, changedTomlValue(old, value));
}

function insert(text: string, statements: readonly Statement[], path: Path, value: JsonLike): string {
  const parent = path.slice(0, -1);
  const key = path.at(-1) ?? '';
  const keys = path.filter((step) => typeof step === 'string');
  const below = statements.filter((statement) => startsWith(statement.path, parent));
  const isOpen =
    parent.length === 0 || below.some(({ kind, path: opened }) => kind !== 'pair' && opened.length === parent.length);
  if (typeof key === 'number') {
    const first = below[0] === undefined ? '' : indentAt(text, below[0].start);
    const entry = isTable(value) ? value : {};
    return insertSection(text, below.at(-1), tomlSection(keys, entry, 2, first));
  }
  const dotted = isOpen
    ? undefined
    : below.findLast(({ kind, base }) => kind === 'pair' && base.length < parent.length);
  if (dotted !== undefined) {
    const name = [...parent.slice(dotted.base.length), key].map((word) => tomlKey(String(word))).join('.');
    return insertLines(text, nextLine(text, dotted.end), [
      `${indentAt(text, dotted.start)}${name} = ${tomlValue(value)}`,
    ]);
  }
  if (path.length === 1 && isListOfTables(value)) {
    const entries = value.flatMap((entry, index) => [...(index === 0 ? [] : ['']), ...tomlSection(keys, entry, 2, '')]);
    return insertSection(text, undefined, entries);
  }
  if (isTable(value) && !startsDotted(statements, path)) {
    const lines = tomlSection(keys, value, 1, '');
    const shown = keys.length === path.length ? sectionPlace(text, statements, lines[0] ?? '') : undefined;
    if (shown !== undefined) return insertLines(text, shown, lines);
    return insertSection(text, below.at(-1), lines, parent.length === 0);
  }
  if (!isOpen) return insertSection(text, below.at(-1), tomlSection(keys.slice(0, -1), { [key]: value }, 1, ''));
  const place = pairPlace(text, statements, parent, key);
  return insertLines(text, place.offset, [`${place.indent}${tomlKey(key)} = ${tomlValue(value)}`, ...place.after]);
}

function isListOfTables(value: JsonLike): value is Table[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => isTable(entry));
}

/** Puts a table behind a statement, or at the end of the text, with an empty line before it and after it. */
function insertSection(text: string, behind: Statement | undefined, lines: readonly string[], atEnd = false): string {
  const offset = behind === undefined || atEnd ? text.length : nextLine(text, behind.end);
  const before = text.slice(0, offset).trimEnd() === '' || /\n[ \t\r]*\n$/.test(text.slice(0, offset)) ? [] : [''];
  const next = text.slice(offset, nextLine(text, offset));
  return insertLines(text, offset, [...before, ...lines, ...(next.trim() === '' ? [] : [''])]);
}

function startsDotted(statements: readonly Statement[], path: Path): boolean {
  return statements.some(
    ({ kind, path: set, base }) => kind === 'pair' && startsWith(set, path) && base.length < path.length,
  );
}

/** Removes everything below a path; headers take along the comments directly above them, but not the one the file begins with. */
function remove(text: string, statements: readonly Statement[], path: Path): string {
  const ranges: { start: number; end: number }[] = [];
  for (const [index, statement] of statements.entries()) {
    if (!startsWith(statement.path, path)) continue;
    const line = startOfLine(text, statement.start);
    const comments = statement.kind === 'pair' ? line : startOfComments(text, line);
    const start = comments === 0 ? line : comments;
    const last = ranges.at(-1);
    const before = statements[index - 1];
    const end = nextLine(text, statement.end);
    if (last !== undefined && before !== undefined && startsWith(before.path, path)) last.end = end;
    else ranges.push({ start, end });
  }
  const isSection = statements.some(({ kind, path: opened }) => kind !== 'pair' && startsWith(opened, path));
  return ranges.reduceRight((rest, { start, end }) => {
    if (!isSection) return splice(rest, start, end, '');
    return splice(rest, start, withoutGap(rest, start, endOfComments(rest, end)), '');
  }, text);
}

/** Of the empty lines before and after a removed table, those after it go too. */
function withoutGap(text: string, start: number, end: number): number {
  const isAfterGap = start === 0 || /\n[ \t\r]*\n$/.test(text.slice(0, start));
  const gap = /^(?:[ \t]*\r?\n)+/.exec(text.slice(end));
  return isAfterGap && gap !== null ? end + gap[0].length : end;
}
