/** A place in a list of choices or calls; `undefined` where none is named. Some servers write the number as text. */
export function wireIndex(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
