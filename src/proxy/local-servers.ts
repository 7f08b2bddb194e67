import type { UpstreamClient } from '../http/index.ts';
import { canBeSettled, settleProfile } from '../local/index.ts';
import { knowModel, LOCAL, type BoundProfile } from '../router/index.ts';
import type { ProfileDirectory, Scope } from './profile-directory.ts';

/** How long counts what a server said of its models, in milliseconds; less while the model in use is still to be loaded. */
const FRESH_MS = { loaded: 30_000, loading: 2_000 } as const;

interface Asked {
  /** By `performance.now()`. */
  readonly at: number;
  readonly done: Promise<void>;
  hasFailed: boolean;
}

/** What {@link LocalServers} works with. */
export interface LocalServersOptions {
  readonly profiles: ProfileDirectory;
  readonly client: UpstreamClient;
  /** Absent: nothing is asked and nothing remembered. */
  readonly cacheFolder: string | undefined;
}

/**
 * Keeps up with servers whose models change while they run: which one the built-in `local` is, which model a profile without
 * a default one uses, with what window it is loaded. Asks when a request needs it, and never more often than it says above.
 */
export class LocalServers {
  readonly #options: LocalServersOptions;
  readonly #over = new AbortController();
  readonly #asked = new WeakMap<Scope, Map<string, Asked>>();

  constructor(options: LocalServersOptions) {
    this.#options = options;
  }

  /** To be called before a profile is bound for a request. Throws a failure when no server or model can be found. */
  async prepare(name: string, scope: Scope): Promise<void> {
    const before = this.#asked.get(scope)?.get(name);
    // Whoever comes after a failure looks again.
    await (before && !before.hasFailed && this.#isFresh(before, name, scope) ? before.done : this.#ask(name, scope));
  }

  /**
   * The same for a backup, which may not be needed: only the first request waits for what it says; later ones have it asked
   * meanwhile, and a failure counts as long as an answer. A backup that does not run is noticed when it is needed.
   */
  async prepareBackup(name: string, scope: Scope): Promise<void> {
    const before = this.#asked.get(scope)?.get(name);
    if (before && this.#isFresh(before, name, scope)) return;
    const asking = this.#ask(name, scope).catch(() => undefined);
    if (!before) await asking;
  }

  /** Gives up what is being asked. */
  close(): void {
    this.#over.abort();
  }

  async #ask(name: string, scope: Scope): Promise<void> {
    const { cacheFolder } = this.#options;
    if (cacheFolder === undefined || this.#freshMs(name, scope) === undefined) return;
    let asked = this.#asked.get(scope);
    if (!asked) this.#asked.set(scope, (asked = new Map()));
    const done = this.#settle(name, scope, cacheFolder);
    const entry: Asked = { at: performance.now(), done, hasFailed: false };
    asked.set(name, entry);
    await done.catch((error: unknown) => {
      entry.hasFailed = true;
      throw error;
    });
  }

  #isFresh({ at }: Asked, name: string, scope: Scope): boolean {
    return performance.now() - at < (this.#freshMs(name, scope) ?? Infinity);
  }

  /** Undefined for a profile of which nothing changes. */
  #freshMs(name: string, scope: Scope): number | undefined {
    const bound = this.#boundIfPossible(name, scope);
    if (bound === undefined) return name === LOCAL && !isConfigured(name, scope) ? FRESH_MS.loaded : undefined;
    if (!canBeSettled(bound)) return undefined;
    const { facts } = knowModel(bound, bound.models.default);
    return facts?.loaded === false ? FRESH_MS.loading : FRESH_MS.loaded;
  }

  #boundIfPossible(name: string, scope: Scope): BoundProfile | undefined {
    try {
      return this.#options.profiles.find(name, scope);
    } catch {
      // Why it cannot be bound is told when it is needed.
      return undefined;
    }
  }

  async #settle(name: string, scope: Scope, cacheFolder: string): Promise<void> {
    const { profiles, client } = this.#options;
    const { configuration, keys } = scope;
    const io = { client, cacheFolder, keys, descriptors: profiles.descriptors, signal: this.#over.signal };
    // What was chosen before stays, as long as its server has it: a session does not change its model by itself.
    const before = this.#boundIfPossible(name, scope);
    const settled = await settleProfile(
      name,
      configuration,
      io,
      before?.models.default || undefined,
      before?.provider.id,
    );
    profiles.settle(
      scope,
      settled.profiles.find((profile) => profile.name === name),
    );
  }
}

function isConfigured(name: string, { configuration }: Scope): boolean {
  return configuration.profiles.some((profile) => profile.name === name);
}
