/** Where a value is something that JSON cannot carry unchanged, as sentences. */
export function plainJsonProblems(value: unknown, path: string, outer: readonly object[] = []): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object')
    return [`${path} is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}`];
  if (outer.includes(value)) return [`${path} contains itself`];
  const inside = [...outer, value];
  if (Array.isArray(value)) {
    return Array.from(value as unknown[], (item, index) => plainJsonProblems(item, `${path}[${index}]`, inside)).flat();
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return [`${path} is an object of a class`];
  return Object.entries(value).flatMap(([key, item]) => plainJsonProblems(item, `${path}.${key}`, inside));
}
