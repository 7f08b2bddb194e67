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

/** Parses JSON of unknown origin; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
