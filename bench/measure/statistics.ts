/** The middle value; the mean of the two middle ones where their number is even. Throws where there are none. */
export function median(values: readonly number[]): number {
  return (percentile(values, 0.5, Math.floor) + percentile(values, 0.5, Math.ceil)) / 2;
}

/** The value below which this share of all values lies, by nearest rank. Throws where there are none. */
export function percentile(values: readonly number[], share: number, round = Math.round): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[round((sorted.length - 1) * share)];
  if (value === undefined) throw new Error('there is nothing to take a percentile of');
  return value;
}
