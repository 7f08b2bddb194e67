import { DEEPEST, isNestedTooDeep } from './nesting.ts';

/** A string that says something, or nothing. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole, non-negative count, or nothing: providers also send null, strings and -1. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : undefined;
}

/** Whether a list has entries. */
export function hasEntries(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Parses JSON of unknown origin; `undefined` when it is none, or nested too deep to be worked with. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // Each level takes two brackets, so most texts are too short to be looked at.
    return text.length > 2 * DEEPEST && isNestedTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** JSON text, also where somebody sent the value itself; `''` for none. */
export function jsonTextOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
