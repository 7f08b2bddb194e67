import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import type { CommandError, Input, ParserOutput } from '@oclif/core/interfaces';
import {
  createGlobalFile,
  defaultConfiguration,
  loadConfiguration,
  loadUsable,
  namedFile,
  requireFile,
  type Configuration,
  type ConfigurationSources,
  type LoadedConfiguration,
} from '../config/index.ts';
import { failure, isClaudexError, messageOf } from '../errors/index.ts';
import { directoriesOf, type Directories } from '../state/index.ts';
import { askForMissing } from './ask-for-missing.ts';
import { reportFailure, withoutSecrets } from './report-failure.ts';
import { usageErrorOf } from './usage-error.ts';

/** What `--json` prints when a command fails. The exit code stays the same. */
export interface JsonFailure {
  error: { code: string; message: string; remedy?: string | undefined };
}

/**
 * The base of every command: `--config` and `--json`, the configuration, and one shape for errors. A ClaudexError
 * becomes its message and its remedy on stderr, never a stack.
 */
export abstract class ClaudexCommand extends Command {
  static override baseFlags = {
    config: Flags.string({
      description: 'use this configuration file instead of the global and the project one',
      helpValue: 'PATH',
      helpGroup: 'GLOBAL',
    }),
  };

  /** Where this user's files live. */
  protected get directories(): Directories {
    return directoriesOf(this.config);
  }

  /** The folder the user is in. Throws a failure when it was removed meanwhile. */
  protected get workingFolder(): string {
    try {
      return process.cwd();
    } catch (error) {
      throw failure(
        'working-folder-unusable',
        'the current folder does not exist any more',
        'Change to a folder that exists, and run the command again.',
        error,
      );
    }
  }

  /** Loads the configuration as it counts here, and tells the user its warnings. */
  protected async load(flags: ConfigurationFlags): Promise<LoadedConfiguration> {
    const loaded = await loadConfiguration(this.sources(flags.config));
    this.note(...loaded.warnings);
    return this.makeFirstFile(loaded);
  }

  /**
   * The configuration of a command that must work although it is broken: then what is wrong is told, and the defaults
   * stand in for it. Once `port` says which proxy is meant, a file that is not there is no obstacle, either.
   */
  protected async loadUsable(
    flags: ConfigurationFlags & { port?: number | undefined },
  ): Promise<{ readonly values: Configuration; readonly isBroken: boolean }> {
    try {
      const { loaded, problem } = await loadUsable(this.sources(flags.config));
      this.note(...loaded.warnings);
      if (problem === undefined) return { values: (await this.makeFirstFile(loaded)).values, isBroken: false };
      this.note(problem.message, 'Going on with the defaults in place of what is wrong.');
      return { values: loaded.values, isBroken: true };
    } catch (error) {
      if (flags.port === undefined || !isClaudexError(error) || error.exitCode !== 2) throw error;
      this.note(error.message, 'Going on with the defaults, because the port is given.');
      return { values: defaultConfiguration(), isBroken: true };
    }
  }

  /** Where nobody has written any configuration yet, makes the global file, with everything switched off, and says so. */
  protected async makeFirstFile(loaded: LoadedConfiguration): Promise<LoadedConfiguration> {
    // A file that is named counts, too.
    if (loaded.sources.some(({ layer }) => layer.file !== undefined)) return loaded;
    const made = await createGlobalFile(this.directories.config, this.config.root);
    if (made === undefined) return loaded;
    this.note(
      made.problem ?? `Created ${made.file}, where everything is commented out: all settings are the defaults.`,
    );
    return made.problem === undefined ? { ...loaded, sourceFile: made.file } : loaded;
  }

  /** Where to look for configuration: from this folder, in this environment, with this `--config`. */
  protected sources(configFile?: string): ConfigurationSources {
    const { config: configFolder, state: stateFolder } = this.directories;
    const sources = { workingFolder: this.workingFolder, environment: process.env, configFolder, stateFolder };
    return configFile === undefined ? sources : { ...sources, configFile };
  }

  /** For commands that go on without a configuration: throws the usage error for a `--config` that is not there. */
  protected async requireNamedFile({ config }: ConfigurationFlags): Promise<void> {
    const named = config === undefined ? undefined : namedFile(this.sources(config));
    if (named !== undefined) await requireFile(named);
  }

  /** Tells the user something on stderr, one line each, also with `--json`. */
  protected note(...lines: readonly string[]): void {
    for (const line of lines) process.stderr.write(`${line}\n`);
  }

  protected override async parse<F extends Parsed, B extends Parsed, A extends Parsed>(
    options?: Input<F, B, A>,
    argv?: string[],
  ): Promise<ParserOutput<F, B, A>> {
    try {
      return await super.parse<F, B, A>(options, argv);
    } catch (error) {
      const added = await askForMissing(error, (file) => this.#profileNames(file));
      if (added !== undefined) return super.parse<F, B, A>(options, [...(argv ?? this.argv), ...added]);
      throw usageErrorOf(error, [this.config.bin, ...(this.id ?? '').split(':')].join(' ')) ?? error;
    }
  }

  async #profileNames(configFile: string | undefined): Promise<readonly string[]> {
    const { values } = await this.load({ config: configFile });
    return values.profiles.map(({ name }) => name);
  }

  protected override async catch(error: CommandError): Promise<unknown> {
    if (!isClaudexError(error)) return super.catch(error);
    process.exitCode = error.exitCode;
    reportFailure(error, this.jsonEnabled());
    return undefined;
  }

  protected override toErrorJson(error: unknown): JsonFailure {
    if (!isClaudexError(error)) return { error: withoutSecrets({ code: 'unexpected', message: messageOf(error) }) };
    return { error: withoutSecrets(error) };
  }
}

/** Values of flags or arguments, by name. */
type Parsed = { [name: string]: unknown };

interface ConfigurationFlags {
  readonly config?: string | undefined;
}
