import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Config, Plugin } from '@oclif/core/config';
import type { PJSON } from '@oclif/core/interfaces';
import { loadEveryPlugin, postponePlugins } from '../registry/index.ts';

/** What asks for help wherever it stands. */
const HELP_FLAGS: ReadonlySet<string> = new Set(['--help', '-h']);

/**
 * The framework's configuration for one command line. For a command of our own no plugin is looked for, which costs as
 * much as all else that the framework does; the command asks for those it needs.
 * @param root the folder of the package
 * @param pjson the content of its package.json
 * @param given the arguments for the framework
 */
export async function configurationFor(root: string, pjson: PJSON, given: readonly string[]): Promise<Config> {
  const own = new Plugin({ root, pjson, isRoot: true });
  await own.load();
  const config = await Config.load({ root, pjson, plugins: new Map([[own.name, own]]) });
  postponePlugins(config);
  if (!isOwnCommand(given, config) || mayHaveInstalledPlugins(config)) await loadEveryPlugin(config);
  return config;
}

/** Whether the words in front are a command of Claudex itself, and its help is not what is wanted. */
function isOwnCommand(given: readonly string[], config: Config): boolean {
  if (given.some((word) => HELP_FLAGS.has(word))) return false;
  const end = given.findIndex((word) => word.startsWith('-'));
  const words = end < 0 ? given : given.slice(0, end);
  return words.some((_, index) => config.findCommand(words.slice(0, index + 1).join(':')) !== undefined);
}

/** Installed and linked plugins may have a say in every command: by their hooks, or by commands of the same name. */
function mayHaveInstalledPlugins({ dataDir }: Config): boolean {
  return existsSync(join(dataDir, 'package.json'));
}
