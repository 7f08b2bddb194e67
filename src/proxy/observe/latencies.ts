/** How long exchanges took, in milliseconds; `null` while there was none. */
export interface LatencyFigures {
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
}

/** How many exchanges count. */
const KEPT = 256;

/** The durations of the last exchanges of every profile. */
export class Latencies {
  readonly #profiles = new Map<string, { readonly durations: number[]; next: number }>();

  /** Adds the duration of an exchange, in milliseconds; the oldest goes. */
  add(profile: string, durationMs: number): void {
    let ring = this.#profiles.get(profile);
    if (!ring) this.#profiles.set(profile, (ring = { durations: [], next: 0 }));
    ring.durations[ring.next] = durationMs;
    ring.next = (ring.next + 1) % KEPT;
  }

  of(profile: string): LatencyFigures {
    const sorted = this.#profiles.get(profile)?.durations.toSorted((a, b) => a - b) ?? [];
    return { p50_ms: percentile(sorted, 50), p99_ms: percentile(sorted, 99) };
  }
}

/** By nearest rank. */
function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}
