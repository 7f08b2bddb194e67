import type { Configuration } from '../config/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';
import { bindProfile, requireCredential, type BoundProfile } from '../router/index.ts';
import { NO_RETRY, RequestError } from './request-error.ts';

/** A configuration and the key variables that go with it. */
export interface Scope {
  readonly configuration: Configuration;
  /** Names and values of key variables; looked up like an environment. */
  readonly keys: NodeJS.ProcessEnv;
}

/** Finds profiles in the proxy's own configuration and in the contexts that sessions bring. */
export class ProfileDirectory {
  readonly base: Scope;
  readonly #askAgain: (() => Promise<Registry>) | undefined;
  #registry: Registry;
  readonly #contexts = new Map<string, Scope>();
  #bound = new WeakMap<Scope, Map<string, BoundProfile>>();

  /** `askAgain` collects what the plugins contribute now, which may be more than at the start. */
  constructor(base: Scope, registry: Registry, askAgain?: () => Promise<Registry>) {
    this.base = base;
    this.#registry = registry;
    this.#askAgain = askAgain;
  }

  /** Splits `profile@context`, as it stands in an address, and finds the scope. Throws 404 for a context that has ended. */
  scopeOf(address: string): { name: string; scope: Scope } {
    const at = address.lastIndexOf('@');
    if (at < 0) return { name: address, scope: this.base };
    const scope = this.#contexts.get(address.slice(at + 1));
    if (!scope)
      throw new RequestError(
        404,
        'not_found_error',
        'the session that this address belongs to has ended; start it again with "claudex run"',
      );
    return { name: address.slice(0, at), scope };
  }

  /** Binds a profile; 503 when it is disabled, failures as {@link bindProfile} gives them. */
  find(name: string, scope: Scope): BoundProfile {
    let known = this.#bound.get(scope);
    if (!known) this.#bound.set(scope, (known = new Map()));
    let bound = known.get(name);
    if (!bound) {
      bound = bindProfile(name, scope.configuration, this.#registry, scope.keys);
      known.set(name, bound);
    }
    if (!bound.profile.enabled) throw new RequestError(503, 'api_error', `profile "${name}" is disabled`, NO_RETRY);
    return bound;
  }

  /** Asks the plugins again when a profile needs one that was installed after the proxy started. */
  async learn(name: string, scope: Scope): Promise<void> {
    if (!this.#askAgain || !this.#misses(name, scope)) return;
    this.#registry = await this.#askAgain();
    this.#bound = new WeakMap();
  }

  #misses(name: string, scope: Scope): boolean {
    try {
      this.find(name, scope);
      return false;
    } catch (error) {
      return isClaudexError(error) && (error.code === 'provider-not-found' || error.code === 'protocol-not-found');
    }
  }

  /** Like {@link find}, and the profile has the credential it needs. */
  findUsable(name: string, scope: Scope): BoundProfile {
    const bound = this.find(name, scope);
    requireCredential(bound);
    return bound;
  }

  /** Every enabled profile of a scope that can be bound, in the order of the file. */
  enabled(scope: Scope): BoundProfile[] {
    return scope.configuration.profiles.flatMap((profile) => {
      if (!profile.enabled) return [];
      try {
        return [this.find(profile.name, scope)];
      } catch {
        // One profile whose plugin is missing must not hide the others.
        return [];
      }
    });
  }

  addContext(id: string, scope: Scope): void {
    this.#contexts.set(id, scope);
  }

  removeContext(id: string): void {
    this.#contexts.delete(id);
  }
}
