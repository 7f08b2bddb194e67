import {
  defaultConfiguration,
  loadUsable,
  readKeys,
  type Configuration,
  type ConfigurationSources,
  type LoadedConfiguration,
  type ReadKeys,
} from '../config/index.ts';
import { isClaudexError, type ClaudexError } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';
import { readProxyToken, type Directories } from '../state/index.ts';

/** A plugin that is there, as the framework knows it. */
export interface PluginFacts {
  readonly name: string;
  readonly version: string;
  /** `core` is bundled; `user` and `link` were installed. */
  readonly type: string;
}

/** The terminal on which the command runs. */
export interface TerminalFacts {
  readonly isTerminal: boolean;
  /** Absent where nobody knows. */
  readonly columns?: number;
  /** Bits of colour: 1 is none, 24 all. */
  readonly colorDepth: number;
}

/** What a doctor needs to be told about the installation. */
export interface InstallationFacts {
  readonly directories: Directories;
  readonly sources: ConfigurationSources;
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  /** `engines.node` of the package. */
  readonly nodeRange: string;
  /** Version of this command. */
  readonly version: string;
  /** The folder that holds `bin/run.js`. */
  readonly programRoot: string;
  readonly terminal: TerminalFacts;
  readonly plugins: readonly PluginFacts[];
  readonly registry: () => Promise<Registry>;
  /** Makes the global configuration file and returns its name; undefined when there is one by now. */
  readonly createGlobalFile: () => Promise<string | undefined>;
  /** No call leaves this machine. */
  readonly offline: boolean;
}

/** The configuration, or what is wrong with it and what of it can be used nevertheless. */
export type ConfigurationLook =
  | { readonly loaded: LoadedConfiguration }
  | { readonly error: ClaudexError; readonly usable: Configuration };

/** What the checks look at. Each answer is found once. */
export class Installation {
  readonly facts: InstallationFacts;
  #look: Promise<ConfigurationLook> | undefined;
  #keys: Promise<ReadKeys> | undefined;
  #token: Promise<string | undefined> | undefined;

  constructor(facts: InstallationFacts) {
    this.facts = facts;
  }

  get environment(): NodeJS.ProcessEnv {
    return this.facts.sources.environment;
  }

  configuration(): Promise<ConfigurationLook> {
    return (this.#look ??= lookAtConfiguration(this.facts.sources));
  }

  /** The configuration as it counts; the defaults in place of what is broken, so that the rest can be looked at. */
  async values(): Promise<Configuration> {
    const look = await this.configuration();
    return 'loaded' in look ? look.loaded.values : look.usable;
  }

  /** The environment with the secrets of the keyring. */
  keys(): Promise<ReadKeys> {
    return (this.#keys ??= this.values().then(({ profiles }) =>
      readKeys(profiles, this.environment, this.facts.directories.state),
    ));
  }

  /** Why the token of the local proxy cannot be read; undefined when it can, or there is none. */
  async tokenProblem(): Promise<ClaudexError | undefined> {
    try {
      await this.token();
      return undefined;
    } catch (error) {
      if (isClaudexError(error)) return error;
      throw error;
    }
  }

  /** The token of the local proxy; undefined where no command has needed one yet. */
  token(): Promise<string | undefined> {
    return (this.#token ??= this.values().then(
      ({ proxy_token }) => proxy_token ?? readProxyToken(this.facts.directories.state),
    ));
  }
}

async function lookAtConfiguration(sources: ConfigurationSources): Promise<ConfigurationLook> {
  try {
    const { loaded, problem } = await loadUsable(sources);
    return problem === undefined ? { loaded } : { error: problem, usable: loaded.values };
  } catch (error) {
    if (isClaudexError(error)) return { error, usable: defaultConfiguration() };
    throw error;
  }
}
