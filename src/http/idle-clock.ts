/** A clock that fires once when nothing happens for too long, and tells why. */
export class IdleClock {
  readonly #fire: (reason: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #paused = false;

  constructor(fire: (reason: string) => void) {
    this.#fire = fire;
  }

  /** Starts over with a new limit in milliseconds; 0 switches the clock off. */
  start(limitMs: number, reason: string): void {
    this.stop();
    this.#paused = false;
    if (limitMs === 0) return;
    this.#timer = setTimeout(() => {
      if (!this.#paused) this.#fire(reason);
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
