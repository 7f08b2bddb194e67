import { Command, Flags, type Interfaces } from '@oclif/core';
import { isClaudexError, messageOf } from '../errors/index.ts';
import { directoriesOf, type Directories } from '../state/index.ts';

/** What `--json` prints when a command fails. The exit code stays the same. */
export interface JsonFailure {
  error: { code: string; message: string; remedy?: string };
}

/**
 * The base of every command: `--config` and `--json`, and one shape for errors. A ClaudexError becomes its
 * message and its remedy on stderr, never a stack.
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

  /** Where to look for configuration: from this folder, in this environment, with this `--config`. */
  protected sources(configFile?: string): {
    workingFolder: string;
    environment: NodeJS.ProcessEnv;
    configFolder: string;
    stateFolder: string;
    configFile?: string;
  } {
    const { config: configFolder, state: stateFolder } = this.directories;
    const sources = { workingFolder: process.cwd(), environment: process.env, configFolder, stateFolder };
    return configFile === undefined ? sources : { ...sources, configFile };
  }

  /** Tells the user something on stderr, one line each, also with `--json`. */
  protected note(...lines: readonly string[]): void {
    for (const line of lines) process.stderr.write(`${line}\n`);
  }

  protected override async catch(error: Interfaces.CommandError): Promise<unknown> {
    if (!isClaudexError(error)) return super.catch(error);
    process.exitCode = error.exitCode;
    if (this.jsonEnabled()) {
      this.logJson(this.toErrorJson(error));
      return undefined;
    }
    return this.error(error.remedy === undefined ? error.message : `${error.message}\n${error.remedy}`, {
      code: error.code,
      exit: error.exitCode,
    });
  }

  protected override toErrorJson(error: unknown): JsonFailure {
    if (isClaudexError(error)) {
      const { code, message, remedy } = error;
      return { error: remedy === undefined ? { code, message } : { code, message, remedy } };
    }
    const code = typeof error === 'object' && error !== null && 'oclif' in error ? 'usage' : 'unexpected';
    return { error: { code, message: messageOf(error) } };
  }
}
