/** What {@link Silence.race} gives when nothing happened in time. */
export const SILENT = Symbol('silent');

/** Waits for something, but not longer than a limit at a time. */
export class Silence {
  readonly #limitMs: number;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  /** `limitMs` 0 waits for ever. */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** The value of `wanted`, or {@link SILENT} after the limit. `wanted` may be raced again. */
  async race<Value>(wanted: Promise<Value>): Promise<Value | typeof SILENT> {
    if (this.#limitMs === 0) return wanted;
    const silent = new Promise<typeof SILENT>((resolve) => {
      this.#wake = () => resolve(SILENT);
    });
    // One timer for the whole answer: refreshing is cheaper than making one per piece.
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(() => this.#wake?.(), this.#limitMs);
    return Promise.race([wanted, silent]);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wake = undefined;
  }
}
