/** A straight line through points. */
export interface Line {
  /** How much the second figure grows with each one of the first. */
  readonly slope: number;
  /** The true slope lies within so much of it with 95 % probability, if nothing but chance moves the points. */
  readonly doubt: number;
}

/** Two-sided 95 % of Student's t with as many degrees of freedom as ten points leave; close enough for a few more. */
const QUANTILE = 2.31;

/** The line with the least squares of distances. Throws for fewer than three points. */
export function lineThrough(points: readonly (readonly [number, number])[]): Line {
  if (points.length < 3) throw new Error('a line needs three points');
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const squares = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, doubt: QUANTILE * Math.sqrt(squares / (points.length - 2) / spread) };
}
