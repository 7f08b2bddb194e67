import { OutcomeWindow } from './outcome-window.ts';

/** How far back it looks, in milliseconds. */
const WINDOW_MS = 10_000;
/** So many repeats are always allowed, or a quiet proxy could never repeat anything. */
const FLOOR = 3;

/**
 * Keeps repeats a small share of the requests, so that a proxy with many clients does not finish off a provider that
 * struggles already.
 */
export class RetryBudget {
  readonly #requests = new OutcomeWindow(WINDOW_MS);
  readonly #repeats = new OutcomeWindow(WINDOW_MS);

  /** A client's request came. */
  request(now: number): void {
    this.#requests.add(now, false);
  }

  /** A call beyond the first was made for a request. */
  spend(now: number): void {
    this.#repeats.add(now, false);
  }

  /** Whether the same target may be asked once more. `share` is 0 to 1; 0 allows nothing. */
  allows(now: number, share: number): boolean {
    if (share <= 0) return false;
    return this.#repeats.at(now).calls < Math.max(FLOOR, share * this.#requests.at(now).calls);
  }
}
