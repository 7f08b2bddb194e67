/** Longest time that one answer can keep us away, in milliseconds: a provider that names a year is asked again before. */
const MAX_COOLDOWN_MS = 300_000;
/** Most cooldowns kept; those that end first are forgotten. */
const MAX_COOLDOWNS = 1024;

/**
 * Until when providers asked to be left alone (429), by the same keys as circuits. Unlike those they are told in wall-clock
 * time, because they survive a restart.
 */
export class Cooldowns {
  readonly #until = new Map<string, number>();
  readonly #keep: (key: string, until: number) => void;

  /** `keep` is told every new one, in milliseconds since the epoch, so that the next process knows it, too. */
  constructor(keep: (key: string, until: number) => void = () => undefined) {
    this.#keep = keep;
  }

  /** Leaves a target alone for this long, never shorter than it was asked to before. */
  start(key: string, now: number, forMs: number): void {
    const until = now + Math.min(forMs, MAX_COOLDOWN_MS);
    if (!(until > Math.max(now, this.#until.get(key) ?? 0))) return;
    this.restore(key, until);
    this.#keep(key, until);
  }

  /** Takes over what an earlier process was told. */
  restore(key: string, until: number): void {
    // What is no number at all asks for nothing.
    if (!Number.isFinite(until)) return;
    this.#until.set(key, until);
    if (this.#until.size <= MAX_COOLDOWNS) return;
    const [first] = [...this.#until].toSorted(([, one], [, other]) => one - other);
    if (first) this.#until.delete(first[0]);
  }

  /** How long a target is still to be left alone, in milliseconds. A clock that was set back cannot make it long. */
  remainingMs(key: string, now: number): number {
    const until = this.#until.get(key);
    if (until === undefined) return 0;
    const remaining = Math.min(Math.max(0, until - now), MAX_COOLDOWN_MS);
    if (remaining === 0) this.#until.delete(key);
    else this.#until.set(key, now + remaining);
    return remaining;
  }
}
