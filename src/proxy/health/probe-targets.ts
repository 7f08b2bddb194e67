import { requireCredential, type BoundProfile } from '../../router/index.ts';
import type { ProfileDirectory } from '../profile-directory.ts';

/**
 * Which profiles have been used, and with which credential each can be asked now. Only profiles of the proxy's own
 * configuration count: what a session means by a name is no concern of others, unless it means the same address.
 */
export class ProbeTargets {
  readonly #profiles: ProfileDirectory;
  /** Name → what served a request last. */
  readonly #used = new Map<string, BoundProfile>();

  constructor(profiles: ProfileDirectory) {
    this.#profiles = profiles;
  }

  /** A request is served by this profile. Returns whether it counts. */
  use(bound: BoundProfile): boolean {
    const { name } = bound.profile;
    if (this.#used.get(name) === bound) return true;
    const own = bound.builtIn ? undefined : this.ownOf(name);
    if (!own || !hasSameAddress(own, bound)) return false;
    this.#used.set(name, bound);
    return true;
  }

  get isAnyUsed(): boolean {
    return this.#used.size > 0;
  }

  /** Everything to ask now. A profile that needs a credential which only a session brings is left out without one. */
  list(): BoundProfile[] {
    return [...this.#used.keys()].flatMap((name) => this.#targetOf(name) ?? []);
  }

  /** The proxy's own profile of a name, if it is enabled and complete. */
  ownOf(name: string): BoundProfile | undefined {
    try {
      return this.#profiles.find(name, this.#profiles.base);
    } catch {
      return undefined;
    }
  }

  #targetOf(name: string): BoundProfile | undefined {
    const own = this.ownOf(name);
    if (!own || own.builtIn) return undefined;
    if (hasCredential(own)) return own;
    const brought = this.#used.get(name);
    return brought && hasSameAddress(own, brought) && this.#profiles.holds(brought) ? brought : undefined;
  }
}

/** Whether what is found out about one is true of the other. */
export function hasSameAddress(one: BoundProfile, other: BoundProfile): boolean {
  return one.baseUrl === other.baseUrl && one.provider.id === other.provider.id;
}

function hasCredential(bound: BoundProfile): boolean {
  try {
    requireCredential(bound);
    return true;
  } catch {
    return false;
  }
}
