/** How a figure of ours compares with the exact one, as far as has been seen. */
export interface Fit {
  /** Exact tokens for one of ours; 1 while nothing is known. */
  readonly ratio: number;
  /** Mean relative error of our figure after it was multiplied with the ratio of its time, e.g. 0.12. */
  readonly error: number | undefined;
  /** How many pairs it was learnt from. */
  readonly pairs: number;
}

/** A figure that nothing is known about. */
export const UNFITTED: Fit = { ratio: 1, error: undefined, pairs: 0 };

/** Figures of ours below this are not learnt from: small prompts consist of what every request has. */
export const LEAST_TOKENS = 200;
/** The share of a new pair; the first ones count alike. */
const NEWEST_SHARE = 0.2;
const LOWEST_RATIO = 0.25;
const HIGHEST_RATIO = 4;
const MOST_KEYS = 256;

/** The fit after one more pair: `ours` before it was multiplied with any ratio, and the provider's exact figure. */
export function refined(fit: Fit, ours: number, exact: number): Fit {
  if (!(ours >= LEAST_TOKENS && exact > 0)) return fit;
  const pairs = fit.pairs + 1;
  const share = Math.max(1 / pairs, NEWEST_SHARE);
  const towards = (mean: number, value: number): number => mean + (value - mean) * share;
  const ratio = Math.min(Math.max(exact / ours, LOWEST_RATIO), HIGHEST_RATIO);
  const error = Math.abs(ours * fit.ratio - exact) / exact;
  return { ratio: towards(fit.ratio, ratio), error: towards(fit.error ?? error, error), pairs };
}

/** What was learnt, by key; in memory only, and of the keys that were used last. */
export class Calibration {
  readonly #fits = new Map<string, Fit>();

  /** What is known about this key. */
  of(key: string): Fit {
    return this.#fits.get(key) ?? UNFITTED;
  }

  /** Takes a pair: our figure without the ratio, and the exact one. */
  learn(key: string, ours: number, exact: number): void {
    const before = this.of(key);
    const after = refined(before, ours, exact);
    if (after === before) return;
    // Put last, so that the first one is the one that was not learnt about for longest.
    this.#fits.delete(key);
    this.#fits.set(key, after);
    const [oldest] = this.#fits.keys();
    if (this.#fits.size > MOST_KEYS && oldest !== undefined) this.#fits.delete(oldest);
  }
}
