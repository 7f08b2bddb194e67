import type { Configuration, LoadedConfiguration, ReadKeys } from '../../config/index.ts';
import { isClaudexError, messageOf } from '../../errors/index.ts';
import type { Log } from '../log.ts';
import type { ProfileDirectory, Scope } from '../profile-directory.ts';
import { keepRunning } from './keep-running.ts';
import { loadSettled } from './load-settled.ts';
import { watchFiles, type FileWatch } from './watch-files.ts';

/** What is told of the configuration that counts now. */
export interface ReloadStatus {
  /** When the files were last read without a problem, ISO 8601. */
  readonly loaded_at: string;
  /** Why the files as they are now are not used. */
  readonly problem: { readonly message: string } | null;
  /** Keys whose new value counts from the next start on. */
  readonly restart_needed: readonly string[];
}

/** What a {@link ConfigurationReload} works with. */
export interface ReloadOptions {
  /** The configuration of the start. */
  readonly configuration: LoadedConfiguration;
  /** Loads the files anew, exactly as at the start; absent: nothing is ever loaded again. */
  readonly load: (() => Promise<LoadedConfiguration>) | undefined;
  /** Reads the keys that go with a configuration. */
  readonly readKeys: (configuration: Configuration) => Promise<ReadKeys>;
  /** What else says by its change that keys are to be read again, absolute paths. */
  readonly watched: readonly string[];
  readonly profiles: ProfileDirectory;
  readonly log: Log;
  /** Hands the new values to those who do not look them up for each request. */
  readonly apply: (configuration: Configuration) => void;
}

/**
 * Keeps the proxy's own scope in step with its files. Either all of a change counts or nothing of it: a new scope takes
 * the place of the one before, and a request keeps the scope it began with. While the files are broken the last good
 * configuration stays.
 */
export class ConfigurationReload {
  readonly #options: ReloadOptions;
  /** What was read last without a problem, as it stands in the files. */
  #good: LoadedConfiguration;
  #status: ReloadStatus = { loaded_at: new Date().toISOString(), problem: null, restart_needed: [] };
  #watch: FileWatch | undefined;
  #isLoading = false;
  #loadAgain = false;
  #isClosed = false;

  constructor(options: ReloadOptions) {
    this.#options = options;
    this.#good = options.configuration;
  }

  status(): ReloadStatus {
    return this.#status;
  }

  /** Begins to follow the files. */
  start(): void {
    const { load } = this.#options;
    if (load) this.#watch = watchFiles(this.#watchedBy(this.#good), () => void this.#follow(load));
  }

  /** Ends that; a load that is under way changes nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#watch?.close();
  }

  /** One load after the other; what changed during one is loaded by the next. */
  async #follow(load: () => Promise<LoadedConfiguration>): Promise<void> {
    this.#loadAgain = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    while (this.#loadAgain && !this.#isClosed) {
      this.#loadAgain = false;
      try {
        const loaded = await loadSettled(load, this.#good);
        if (loaded) await this.#accept(loaded);
      } catch (error) {
        this.#refuse(error);
      }
    }
    this.#isLoading = false;
  }

  #refuse(error: unknown): void {
    const message = isClaudexError(error) ? error.message : 'an error in Claudex itself, see the log';
    if (this.#status.problem?.message === message) return;
    this.#status = { ...this.#status, problem: { message } };
    const { log } = this.#options;
    log({ level: 'error', event: 'configuration-refused', problem: message });
    if (!isClaudexError(error)) log({ level: 'error', event: 'bug', error: stackOf(error) });
  }

  async #accept(loaded: LoadedConfiguration): Promise<void> {
    const { profiles, apply, configuration: first, log } = this.#options;
    const { configuration, restartNeeded } = keepRunning(loaded.values, first.values);
    const { keys: read, warnings } = await this.#options.readKeys(configuration);
    // A keyring that cannot be read just now, because it is locked, has not lost what it holds.
    const keys = warnings.length === 0 ? read : { ...profiles.base.keys, ...read };
    const hasSameKeys = JSON.stringify(keys) === JSON.stringify(profiles.base.keys);
    const isSame = this.#status.problem === null && hasSameKeys && hasSameValues(loaded, this.#good);
    const scope = isSame ? profiles.base : { configuration, keys };
    await this.#learn(scope);
    if (this.#isClosed) return;
    const told = { ...loaded, warnings: [...loaded.warnings, ...warnings] };
    this.#warn(told.warnings);
    this.#good = told;
    this.#status = { loaded_at: new Date().toISOString(), problem: null, restart_needed: restartNeeded };
    this.#watch?.follow(this.#watchedBy(loaded));
    if (isSame) return;
    profiles.replaceBase(scope);
    apply(configuration);
    const count = configuration.profiles.length;
    log({ level: 'info', event: 'configuration-loaded', profiles: count, restart_needed: restartNeeded });
  }

  #watchedBy(loaded: LoadedConfiguration): string[] {
    return [...loaded.watched, ...this.#options.watched];
  }

  /** A profile may need a plugin that was installed meanwhile. Without it that one profile says so when it is used. */
  async #learn(scope: Scope): Promise<void> {
    const names = scope.configuration.profiles.filter(({ enabled }) => enabled).map(({ name }) => name);
    try {
      await this.#options.profiles.learn(names, scope);
    } catch (error) {
      this.#options.log({ level: 'warn', event: 'warning', message: `plugins: ${messageOf(error)}` });
    }
  }

  #warn(warnings: readonly string[]): void {
    const known = new Set(this.#good.warnings);
    for (const message of warnings)
      if (!known.has(message)) this.#options.log({ level: 'warn', event: 'warning', message });
  }
}

function hasSameValues(one: LoadedConfiguration, other: LoadedConfiguration): boolean {
  return JSON.stringify(one.values) === JSON.stringify(other.values);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}
