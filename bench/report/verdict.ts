/** Whether a target is reached, as far as this run can tell. */
export type Verdict = 'met' | 'not met' | 'unresolved';

/**
 * Judges a ratio that should be at most `target`. `doubt` is the largest factor by which two runs of the same code
 * differed: a ratio that such a factor would carry across the target decides nothing.
 */
export function judge(ratio: number, target: number, doubt: number): Verdict {
  if (ratio * doubt <= target) return 'met';
  return ratio / doubt > target ? 'not met' : 'unresolved';
}
