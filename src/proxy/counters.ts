import type { Usage } from '@claudex/sdk';

/** What a profile has done since the proxy started. Tokens by kind. */
export interface ProfileCounters {
  requests: number;
  errors: number;
  active: number;
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens: number;
  cache_creation_input_tokens: number;
  losses: number;
}

/** Counts per profile, in memory. */
export class Counters {
  readonly #profiles = new Map<string, ProfileCounters>();

  /** The counters of a profile, made on first use. */
  of(profile: string): ProfileCounters {
    let counters = this.#profiles.get(profile);
    if (!counters) {
      counters = {
        requests: 0,
        errors: 0,
        active: 0,
        input_tokens: 0,
        output_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 0,
        losses: 0,
      };
      this.#profiles.set(profile, counters);
    }
    return counters;
  }

  /** How many exchanges are running now. */
  active(): number {
    let active = 0;
    for (const counters of this.#profiles.values()) active += counters.active;
    return active;
  }

  /** Adds the exact usage of a finished answer. */
  addUsage(profile: string, usage: Usage): void {
    const counters = this.of(profile);
    counters.input_tokens += usage.input_tokens;
    counters.output_tokens += usage.output_tokens;
    counters.cache_read_input_tokens += usage.cache_read_input_tokens ?? 0;
    counters.cache_creation_input_tokens += usage.cache_creation_input_tokens ?? 0;
  }
}
