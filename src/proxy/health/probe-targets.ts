import { requireCredential, type BoundProfile } from '../../router/index.ts';
import type { ProfileDirectory } from '../profile-directory.ts';

/**
 * Which profiles have been used, and with which credential each can be asked now. Only profiles of the proxy's own
 * configuration count: what a session means by a name is no concern of others, unless it means the same address. Keeps
 * names only, so that a key that a session brought is gone with the session.
 */
export class ProbeTargets {
  readonly #profiles: ProfileDirectory;
  readonly #used = new Set<string>();

  constructor(profiles: ProfileDirectory) {
    this.#profiles = profiles;
  }

  /** A request is served by this profile. Returns whether it counts. */
  use(bound: BoundProfile): boolean {
    const { name } = bound.profile;
    const own = bound.builtIn ? undefined : this.ownOf(name);
    if (!own || !hasSameAddress(own, bound)) return false;
    this.#used.add(name);
    return true;
  }

  get isAnyUsed(): boolean {
    return this.#used.size > 0;
  }

  /** Everything to ask now. A profile that needs a credential which only a session brings is left out without one. */
  list(): BoundProfile[] {
    return [...this.#used].flatMap((name) => this.#targetOf(name) ?? []);
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
    return this.#profiles.brought(name).find((bound) => hasSameAddress(own, bound) && hasCredential(bound));
  }
}

/** Where a profile leads, without the key to it. */
export interface ProfileAddress {
  readonly homeUrl?: string | undefined;
  readonly provider: Pick<BoundProfile['provider'], 'id'>;
}

/** Whether what is found out about one is true of the other. */
export function hasSameAddress(one: ProfileAddress, other: ProfileAddress): boolean {
  return one.homeUrl === other.homeUrl && one.provider.id === other.provider.id;
}

function hasCredential(bound: BoundProfile): boolean {
  try {
    requireCredential(bound);
    return true;
  } catch {
    return false;
  }
}
