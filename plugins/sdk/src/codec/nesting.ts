import type { Json } from '../index.ts';

/** Deepest value that is worked with; far more levels than anyone needs, and few enough to walk through on the stack. */
export const DEEPEST = 500;

/** Whether a value is nested so deeply that whatever walks through it could run out of stack. Never does so itself. */
export function isNestedTooDeep(value: unknown): boolean {
  return exceeds(value, DEEPEST);
}

/** The value with null in place of everything that lies too deep. */
export function cutDepth(value: Json): Json {
  return cut(value, DEEPEST);
}

function exceeds(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const entry of value) if (exceeds(entry, levels - 1)) return true;
    return false;
  }
  for (const key in value) if (exceeds((value as { [field: string]: unknown })[key], levels - 1)) return true;
  return false;
}

function cut(value: Json, levels: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((entry) => cut(entry, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cut(entry, levels - 1)]));
}
