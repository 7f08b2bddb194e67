import type { Usage } from '@claudex/sdk';
import type { ExchangeReport } from '../state/index.ts';
import { failoversOf } from './observe/failovers.ts';

/** What a profile has done since the proxy started. Tokens by kind. */
export interface ProfileCounters {
  requests: number;
  errors: number;
  active: number;
  /** How often it was tried, also as somebody's backup; passed over does not count. */
  attempts: number;
  /** How often a request for it went on to another profile. */
  failovers: number;
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
    if (!counters) this.#profiles.set(profile, (counters = none()));
    return counters;
  }

  /** How many exchanges are running now. */
  active(): number {
    let active = 0;
    for (const counters of this.#profiles.values()) active += counters.active;
    return active;
  }

  /** Counts a finished exchange. Tokens belong to the profile that answered, everything else to the one that was asked for. */
  take(report: ExchangeReport): void {
    const counters = this.of(report.profile);
    counters.requests += 1;
    counters.losses += report.losses.length;
    counters.failovers += failoversOf(report).length;
    if (report.fault !== undefined && report.fault !== 'aborted') counters.errors += 1;
    for (const { profile, outcome } of report.attempts) if (outcome !== 'passed-over') this.of(profile).attempts += 1;
    if (report.usage) addUsage(this.of(report.served_by ?? report.profile), report.usage);
  }
}

function addUsage(counters: ProfileCounters, usage: Usage): void {
  counters.input_tokens += usage.input_tokens;
  counters.output_tokens += usage.output_tokens;
  counters.cache_read_input_tokens += usage.cache_read_input_tokens ?? 0;
  counters.cache_creation_input_tokens += usage.cache_creation_input_tokens ?? 0;
}

function none(): ProfileCounters {
  return {
    requests: 0,
    errors: 0,
    active: 0,
    attempts: 0,
    failovers: 0,
    input_tokens: 0,
    output_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    losses: 0,
  };
}
