/** A number of tokens as it is spoken of, in decimal thousands and three digits at most: `32k`, `65.5k`, `1.05M`. */
export function tokenCount(tokens: number): string {
  const [unit, size] = tokens >= 999_500 ? (['M', 1e6] as const) : tokens >= 1000 ? (['k', 1e3] as const) : ['', 1];
  return `${Number((tokens / size).toPrecision(3))}${unit}`;
}
