/** Two values of a quirk as one: tables and lists grow, of anything else the second one counts. */
export function mergeTables(before: unknown, more: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(more)) return [...(before as unknown[]), ...(more as unknown[])];
  return isTable(before) && isTable(more)
    ? {
        ...before,
        ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, mergeTables(before[name], value)])),
      }
    : more;
}

function isTable(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
