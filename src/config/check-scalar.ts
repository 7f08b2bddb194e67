import type { Kind } from './kinds.ts';
import { nearest } from './nearest.ts';

type Scalar = Exclude<Kind, { type: 'table' | 'list' | 'dictionary' | 'anything' }>;
type Of<T extends Kind['type']> = Extract<Kind, { type: T }>;

/** What is wrong with a value that must be a single one, or undefined. The answer never quotes the value. */
export function problemOf(value: unknown, kind: Scalar): string | undefined {
  if (kind.type === 'text') return textProblem(value, kind);
  if (kind.type === 'boolean') return typeof value === 'boolean' ? undefined : expected('true or false', value);
  if (kind.type === 'spelling') return kind.settle(value) === undefined ? expected(kind.expected, value) : undefined;
  return fitsRange(value, kind) ? undefined : expected(rangeOf(kind), value);
}

function textProblem(value: unknown, kind: Of<'text'>): string | undefined {
  if (typeof value !== 'string') return expected(kind.expected ?? 'a text', value);
  if (kind.oneOf !== undefined && !kind.oneOf.includes(value)) {
    return `expected one of ${kind.oneOf.join(', ')}${didYouMean(nearest(value, kind.oneOf))}`;
  }
  return kind.pattern === undefined || kind.pattern.test(value)
    ? undefined
    : `expected ${kind.expected ?? 'another text'}`;
}

function fitsRange(value: unknown, kind: Of<'integer' | 'number'>): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < kind.min || value > kind.max) return false;
  return kind.type === 'number' || Number.isSafeInteger(value);
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
  if (typeof value === 'number') return Number.isInteger(value) ? `the number ${value}` : 'a number';
  return typeof value === 'boolean' ? String(value) : 'a table';
}

/** The end of a sentence that proposes a word. */
export function didYouMean(candidate: string | undefined): string {
  return candidate === undefined ? '' : `, did you mean "${candidate}"?`;
}
