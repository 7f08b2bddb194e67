import type { BoundProfile } from '../router/index.ts';
import { NOTHING_REFUSED, type Refused } from './refused.ts';

/** Most pairs of profile and model remembered, and most names of each kind per pair. */
const MAX_PAIRS = 256;
const MAX_NAMES = 32;

/**
 * What providers have refused since the proxy started, per profile and model, so that later requests are right at once.
 * State is not remembered: what one session brings along says nothing about the next.
 */
export class RefusalMemory {
  readonly #pairs = new Map<string, Refused>();

  of(bound: BoundProfile, model: string): Refused {
    return this.#pairs.get(keyOf(bound, model)) ?? NOTHING_REFUSED;
  }

  /** Keeps what a request that succeeded has left out; with too much of it the oldest is forgotten. */
  remember(bound: BoundProfile, model: string, { fields, tools }: Refused): void {
    if (fields.length === 0 && tools.length === 0) return;
    const key = keyOf(bound, model);
    this.#pairs.delete(key);
    this.#pairs.set(key, { fields: fields.slice(-MAX_NAMES), tools: tools.slice(-MAX_NAMES), state: false });
    if (this.#pairs.size <= MAX_PAIRS) return;
    const [oldest] = this.#pairs.keys();
    if (oldest !== undefined) this.#pairs.delete(oldest);
  }
}

/** Contexts may mean different upstreams by one profile name. */
function keyOf({ profile, provider, protocol, baseUrl }: BoundProfile, model: string): string {
  return JSON.stringify([profile.name, provider.id, protocol.id, baseUrl, model]);
}
