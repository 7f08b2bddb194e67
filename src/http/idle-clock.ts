/** A clock that fires once when nothing happens for too long, and remembers why. */
export class IdleClock {
  readonly #fire: () => void;
  #timer: NodeJS.Timeout | undefined;
  #paused = false;
  /** Set once the clock has fired. */
  reason: string | undefined;

  constructor(fire: () => void) {
    this.#fire = fire;
  }

  /** Starts over with a new limit in milliseconds; 0 switches the clock off. */
  start(limitMs: number, reason: string): void {
    this.stop();
    if (limitMs === 0) return;
    this.#timer = setTimeout(() => {
      if (this.#paused) return;
      this.reason = reason;
      this.#fire();
    }, limitMs);
  }

  /** Something else is being waited for, such as a slow reader: its time does not count. */
  pause(): void {
    this.#paused = true;
  }

  /** Waiting begins anew. */
  resume(): void {
    this.#paused = false;
    this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
