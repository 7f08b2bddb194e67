/** Into how many groups the waiting are divided, so that not everybody moves at the same moment. */
const GROUPS = 10;

/** Wakes everybody who waits ten times a second. One timer for all: hundreds of them would be the load. */
export class Ticker {
  readonly #groups: (() => void)[][] = Array.from({ length: GROUPS }, () => []);
  readonly #timer: NodeJS.Timeout;
  #turn = 0;
  #joined = 0;

  constructor() {
    this.#timer = setInterval(() => this.#tick(), 1000 / (10 * GROUPS));
  }

  /** A group to wait in. */
  join(): number {
    this.#joined += 1;
    return this.#joined % GROUPS;
  }

  /** Resolves when it is the group's turn the next time. */
  next(group: number): Promise<void> {
    return new Promise((resolve) => this.#groups[group]?.push(resolve));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#turn = (this.#turn + 1) % GROUPS;
    const woken = this.#groups[this.#turn] ?? [];
    this.#groups[this.#turn] = [];
    for (const wake of woken) wake();
  }
}
