import type { Kind } from './kinds.ts';
import { didYouMean, nearest } from './nearest.ts';

type Scalar = Exclude<Kind, { type: 'table' | 'list' | 'dictionary' | 'anything' }>;
type Of<T extends Kind['type']> = Extract<Kind, { type: T }>;

/** What is wrong with a value that must be a single one, or undefined. The answer never quotes the value. */
export function problemOf(value: unknown, kind: Scalar): string | undefined {
  if (kind.type === 'text') return textProblem(value, kind);
  if (kind.type === 'boolean') return typeof value === 'boolean' ? undefined : expected('true or false', value);
  if (kind.type === 'spelling') {
    return kind.settle(value) === undefined ? (kind.problem?.(value) ?? expected(kind.expected, value)) : undefined;
  }
  return fitsRange(value, kind) ? undefined : outOfRange(value, kind);
}

function textProblem(value: unknown, kind: Of<'text'>): string | undefined {
  if (typeof value !== 'string') return expected(kind.expected ?? 'a text', value);
  if (kind.oneOf !== undefined && !kind.oneOf.includes(value)) {
    return `expected one of ${kind.oneOf.join(', ')}${didYouMean(nearest(value, kind.oneOf))}`;
  }
  const problem = kind.problem?.(value);
  if (problem !== undefined || kind.pattern === undefined || kind.pattern.test(value)) return problem;
  return `expected ${kind.expected ?? 'another text'}`;
}

function fitsRange(value: unknown, kind: Of<'integer' | 'number'>): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < kind.min || value > kind.max) return false;
  return kind.type === 'number' || Number.isSafeInteger(value);
}

/** Only where a number is wanted it is quoted: anywhere else it may be a password. */
function outOfRange(value: unknown, kind: Of<'integer' | 'number'>): string {
  return Number.isInteger(value)
    ? `expected ${rangeOf(kind)}, got the number ${String(value)}`
    : expected(rangeOf(kind), value);
}

function rangeOf(kind: Of<'integer' | 'number'>): string {
  const what = kind.type === 'integer' ? 'a whole number' : 'a number';
  return kind.max === Number.MAX_SAFE_INTEGER
    ? `${what} from ${kind.min} on`
    : `${what} from ${kind.min} to ${kind.max}`;
}

/** Says what was wanted and what kind of value is there instead. */
export function expected(what: string, value: unknown): string {
  return `expected ${what}, got ${nameOf(value)}`;
}

/** The kind of a value, in words. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a date';
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? String(value) : 'a table';
}
