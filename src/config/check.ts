import { expected, nameOf, problemOf } from './check-scalar.ts';
import type { Keys, Kind } from './kinds.ts';
import { didYouMean, nearest } from './nearest.ts';
import { profileKeys, topLevelKeys } from './schema.ts';
import { emptyTable, isTable, MERGE_KEY, UNSAFE_KEYS, type JsonLike, type Path } from './tables.ts';

/** Called once for everything that is wrong. The words are never about a value: it may be a secret. */
export type Report = (path: Path, words: () => string) => void;

/** Deeper documents are refused before anything walks them recursively. */
const DEEPEST = 64;

/**
 * Compares a parsed value with what its key may hold and returns the part that is right, as it was written;
 * `undefined` when nothing is. Absent and `null` are the same, so that an empty YAML key means "not set".
 */
export function check(value: unknown, kind: Kind, path: Path, report: Report): JsonLike | undefined {
  if (kind.type === 'table') return checkTable(value, kind.keys, path, report);
  if (kind.type === 'list') return checkList(value, kind, path, report);
  if (kind.type === 'dictionary') return checkDictionary(value, kind, path, report);
  if (kind.type === 'anything') return checkAnything(value, path, report);
  const problem = problemOf(value, kind);
  return problem === undefined ? (value as JsonLike) : refuse(path, problem, report);
}

type Of<T extends Kind['type']> = Extract<Kind, { type: T }>;

function checkTable(value: unknown, keys: Keys, path: Path, report: Report): JsonLike | undefined {
  if (!isTable(value)) return refuse(path, expected('a table of keys', value), report);
  const kept = emptyTable();
  for (const [key, below] of Object.entries(value)) {
    const entry = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (entry === undefined) report([...path, key], () => unknownKey(key, keys));
    else if (below !== null) keep(kept, key, check(below, entry.kind, [...path, key], report));
  }
  return kept;
}

function checkDictionary(value: unknown, kind: Of<'dictionary'>, path: Path, report: Report): JsonLike | undefined {
  if (!isTable(value)) return refuse(path, expected('a table of keys', value), report);
  const kept = emptyTable();
  for (const [key, below] of Object.entries(value)) {
    if (UNSAFE_KEYS.has(key)) report([...path, key], () => 'this key is not allowed');
    else if (key === MERGE_KEY) report([...path, key], () => NO_MERGING);
    else if (kind.keyPattern?.test(key) === false)
      report([...path, key], () => `the key must be ${kind.keyExpected ?? 'another'}`);
    else if (below !== null) keep(kept, key, check(below, kind.of, [...path, key], report));
  }
  return kept;
}

function checkList(value: unknown, kind: Of<'list'>, path: Path, report: Report): JsonLike | undefined {
  if (!Array.isArray(value)) return refuse(path, expected('a list', value), report);
  const entries = (value as unknown[]).map((below, index) => check(below, kind.of, [...path, index], report));
  if (kind.mergeBy === undefined) return entries.filter((entry) => entry !== undefined);
  return namedOnce(entries, kind.mergeBy, path, { raw: value, report });
}

/** The entries that can be told apart by their name. A name of the wrong form was reported with its type. */
function namedOnce(
  entries: readonly (JsonLike | undefined)[],
  key: string,
  path: Path,
  { raw, report }: { raw: readonly unknown[]; report: Report },
): JsonLike[] {
  const names = new Set<JsonLike>();
  return entries.filter((entry, index): entry is JsonLike => {
    const written = raw[index];
    const name = isTable(entry) ? entry[key] : undefined;
    if (isTable(written) && (written[key] ?? null) === null) report([...path, index], () => `needs a "${key}"`);
    if (name === undefined) return false;
    if (names.has(name)) report([...path, index], () => `a second entry with this ${key} in one file`);
    return names.size < names.add(name).size;
  });
}

function checkAnything(value: unknown, path: Path, report: Report): JsonLike | undefined {
  if (!isTable(value)) return refuse(path, expected('a table of keys', value), report);
  const problem = plainProblem(value, 0);
  return problem === undefined ? value : refuse(path, problem, report);
}

function plainProblem(value: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return `is nested more than ${DEEPEST} levels deep`;
  if (Array.isArray(value) || isTable(value)) {
    for (const [key, below] of Object.entries(value as Record<string, unknown>)) {
      if (UNSAFE_KEYS.has(key)) return `contains the key "${key}", which is not allowed`;
      const problem = plainProblem(below, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  const plain = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  return plain ? undefined : `contains ${nameOf(value)}, expected texts, numbers, true, false, lists and tables`;
}

/** In TOML a top-level key written below a `[table]` header silently becomes that table's key. */
function unknownKey(key: string, keys: Keys): string {
  if (key === MERGE_KEY) return NO_MERGING;
  const candidate = nearest(key, Object.keys(keys));
  if (candidate !== undefined) return `unknown key${didYouMean(candidate)}`;
  if (Object.hasOwn(topLevelKeys, key))
    return 'unknown key here, it belongs at the top of the file, above the first [table]';
  if (Object.hasOwn(profileKeys, key)) return 'unknown key here, it belongs into an entry of [[profiles]]';
  return 'unknown key';
}

const NO_MERGING = "YAML's merge key is not supported; write the keys out that it would bring";

function keep(kept: { [key: string]: JsonLike }, key: string, value: JsonLike | undefined): void {
  if (value !== undefined) kept[key] = value;
}

function refuse(path: Path, message: string, report: Report): undefined {
  report(path, () => message);
  return undefined;
}
