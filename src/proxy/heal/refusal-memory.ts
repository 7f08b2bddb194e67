import type { BoundProfile } from '../../router/index.ts';
import { NOTHING_REFUSED, type Refused } from './refused.ts';

/** Most pairs of profile and model remembered; per pair, most names of each kind, and most pieces of state. */
const MAX_PAIRS = 256;
const MAX_NAMES = 32;
const MAX_STATES = 2048;

/**
 * What providers have refused since the proxy started, per profile and model, so that later requests are right at once.
 * Of state it is the very pieces that were refused: a session brings them along with every turn, and what the provider
 * mints from then on is good.
 */
export class RefusalMemory {
  readonly #pairs = new Map<string, Refused>();

  of(bound: BoundProfile, model: string): Refused {
    return this.#pairs.get(keyOf(bound, model)) ?? NOTHING_REFUSED;
  }

  /** Keeps what a request that succeeded has left out; with too much of it the oldest is forgotten. */
  remember(bound: BoundProfile, model: string, request: Refused): void {
    const refused = lasting(request);
    if (isNothing(refused)) return;
    const key = keyOf(bound, model);
    // Another request may have learnt something meanwhile.
    const merged = merge(this.of(bound, model), refused);
    this.#pairs.delete(key);
    this.#pairs.set(key, merged);
    if (this.#pairs.size <= MAX_PAIRS) return;
    const [oldest] = this.#pairs.keys();
    if (oldest !== undefined) this.#pairs.delete(oldest);
  }
}

function lasting({ outputLimit, limitOfPrompt, ...refused }: Refused): Refused {
  return outputLimit === undefined || limitOfPrompt === true ? refused : { ...refused, outputLimit };
}

function isNothing({ fields, tools, outputLimit, oldState }: Refused): boolean {
  return fields.length === 0 && tools.length === 0 && outputLimit === undefined && oldState.size === 0;
}

function merge(one: Refused, other: Refused): Refused {
  const outputLimit = Math.min(one.outputLimit ?? Infinity, other.outputLimit ?? Infinity);
  return {
    fields: newest([...one.fields, ...other.fields], MAX_NAMES),
    tools: newest([...one.tools, ...other.tools], MAX_NAMES),
    ...(outputLimit !== Infinity && { outputLimit }),
    state: false,
    oldState: new Set(newest([...one.oldState, ...other.oldState], MAX_STATES)),
  };
}

function newest(names: readonly string[], most: number): string[] {
  return [...new Set(names)].slice(-most);
}

/** Contexts may mean different upstreams by one profile name. */
function keyOf({ profile, provider, protocol, baseUrl }: BoundProfile, model: string): string {
  return JSON.stringify([profile.name, provider.id, protocol.id, baseUrl, model]);
}
