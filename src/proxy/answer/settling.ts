/** How long the rest of an answer is awaited once everything that matters has come, in milliseconds. */
const SETTLE_MS = 3_000;

/**
 * Ends the wait for an upstream that has said all that matters and keeps its connection open: figures may follow, but
 * nobody has to come.
 */
export class Settling<End> {
  readonly #end: End;
  #timer: NodeJS.Timeout | undefined;
  #elapsed: Promise<End> | undefined;

  /** `end` is what a wait gives that took too long. */
  constructor(end: End) {
    this.#end = end;
  }

  /** The value of `wanted`; once the answer is settled, the end when that comes first. */
  race<Value>(wanted: Promise<Value>, isSettled: boolean): Promise<Value | End> {
    if (!isSettled) return wanted;
    this.#elapsed ??= new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve(this.#end), SETTLE_MS);
    });
    return Promise.race([wanted, this.#elapsed]);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
