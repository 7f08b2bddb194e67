/** Ends a proxy that nobody has used for a while. */
export class IdleShutdown {
  #limitMs: number;
  readonly #isUsed: () => boolean;
  readonly #stop: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** `limitMs` 0 never ends it. While `isUsed` says so, time does not count. */
  constructor(limitMs: number, isUsed: () => boolean, stop: () => void) {
    this.#limitMs = limitMs;
    this.#isUsed = isUsed;
    this.#stop = stop;
    this.touch();
  }

  /** A request came: the time starts anew. */
  touch(): void {
    if (this.#limitMs === 0) return;
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(() => this.#elapsed(), this.#limitMs).unref();
  }

  /** Another limit counts from now on. */
  limit(limitMs: number): void {
    if (limitMs === this.#limitMs) return;
    this.#limitMs = limitMs;
    this.cancel();
    this.#timer = undefined;
    this.touch();
  }

  /** The proxy ends for another reason. */
  cancel(): void {
    clearTimeout(this.#timer);
  }

  #elapsed(): void {
    if (this.#isUsed()) this.#timer?.refresh();
    else this.#stop();
  }
}
