import type { ModelFacts } from '@claudex/sdk';
import { secretsOf, type Configuration, type Profile } from '../config/index.ts';
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
  #base: Scope;
  readonly #askAgain: (() => Promise<Registry>) | undefined;
  readonly #tellSecret: (secret: string) => void;
  readonly #factsOf: (bound: BoundProfile) => readonly ModelFacts[];
  #registry: Registry;
  readonly #contexts = new Map<string, Scope>();
  #bound = new WeakMap<Scope, Map<string, BoundProfile>>();
  readonly #settled = new WeakMap<Scope, Map<string, Profile>>();

  /**
   * `askAgain` collects what the plugins contribute now, which may be more than at the start. `tellSecret` gets to know
   * every secret that a scope brings. `factsOf` says what is known of a profile's models; default: what its plugin knows.
   */
  constructor(
    base: Scope,
    registry: Registry,
    askAgain?: () => Promise<Registry>,
    tellSecret: (secret: string) => void = () => undefined,
    factsOf: (bound: BoundProfile) => readonly ModelFacts[] = ({ knownModels }) => knownModels,
  ) {
    this.#base = base;
    this.#registry = registry;
    this.#askAgain = askAgain;
    this.#tellSecret = tellSecret;
    this.#factsOf = factsOf;
    this.#tellSecretsOf(base);
  }

  /** The proxy's own scope. Whoever began a request with it keeps it to the end. */
  get base(): Scope {
    return this.#base;
  }

  /** From now on requests begin with this scope; what is bound to the one before stays as it is. */
  replaceBase(base: Scope): void {
    this.#tellSecretsOf(base);
    this.#base = base;
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
      const own = bindProfile(name, this.#configurationOf(name, scope), this.#registry, scope.keys);
      const builtIn = !scope.configuration.profiles.some((profile) => profile.name === name);
      bound = { ...own, builtIn, knownModels: this.#factsOf(own) };
      known.set(name, bound);
      this.#tellSecret(bound.credential.value ?? '');
    }
    if (!bound.profile.enabled) throw new RequestError(503, 'api_error', `profile "${name}" is disabled`, NO_RETRY);
    return bound;
  }

  /** What the plugins contribute now. */
  get descriptors(): Pick<Registry, 'protocols' | 'providers'> {
    return this.#registry;
  }

  /** From now on this profile stands for its name in a scope, with what is known of its models by now. */
  settle(scope: Scope, profile: Profile | undefined): void {
    if (profile === undefined) return;
    let settled = this.#settled.get(scope);
    if (!settled) this.#settled.set(scope, (settled = new Map()));
    settled.set(profile.name, profile);
    this.#bound.get(scope)?.delete(profile.name);
  }

  /** Asks the plugins again when one of these profiles needs one that was installed after the proxy started. */
  async learn(names: string | readonly string[], scope: Scope): Promise<void> {
    if (!this.#askAgain || ![names].flat().some((name) => this.#misses(name, scope))) return;
    this.#registry = await this.#askAgain();
    this.#bound = new WeakMap();
  }

  /** From now on profiles know of their models what is known by now. */
  learnFacts(): void {
    this.#bound = new WeakMap();
  }

  #tellSecretsOf({ configuration, keys }: Scope): void {
    for (const secret of secretsOf(configuration, keys)) this.#tellSecret(secret);
  }

  #configurationOf(name: string, scope: Scope): Configuration {
    const settled = this.#settled.get(scope)?.get(name);
    if (settled === undefined) return scope.configuration;
    const others = scope.configuration.profiles.filter((profile) => profile.name !== name);
    return { ...scope.configuration, profiles: [...others, settled] };
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

  /** What open sessions that brought their own scope mean by a name, as far as it has been bound. */
  brought(name: string): BoundProfile[] {
    return [...this.#contexts.values()].flatMap((scope) => this.#bound.get(scope)?.get(name) ?? []);
  }

  addContext(id: string, scope: Scope): void {
    this.#tellSecretsOf(scope);
    // What an option says, such as a region, is no secret, and hiding it would hide the same word everywhere.
    const open = this.#optionVariables();
    for (const [name, value] of Object.entries(scope.keys)) if (!open.has(name)) this.#tellSecret(value ?? '');
    this.#contexts.set(id, scope);
  }

  #optionVariables(): ReadonlySet<string> {
    const options = [...this.#registry.providers.values()].flatMap((provider) => Object.values(provider.options ?? {}));
    return new Set(options.flatMap(({ variables = [] }) => variables));
  }

  removeContext(id: string): void {
    this.#contexts.delete(id);
  }
}
