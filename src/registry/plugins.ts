import type { Config } from '@oclif/core';

/** Packages that bring commands and contribute nothing to the registry, as they stand in `oclif.plugins`. */
const ONLY_COMMANDS = /^@oclif\//;

/** Configurations that know no plugin but Claudex itself yet, or only those that contribute. */
const postponed = new WeakSet<Config>();

/** Says of a configuration that nobody has looked for its plugins. Whoever needs them will, by the functions below. */
export function postponePlugins(config: Config): void {
  postponed.add(config);
}

/** Makes sure that the plugins are there which may contribute to the registry. */
export async function loadContributors(config: Config): Promise<void> {
  if (!postponed.has(config)) return;
  const { oclif } = config.pjson;
  const all = oclif.plugins ?? [];
  // The framework knows no way to name the plugins to load but this list.
  oclif.plugins = all.filter((name) => !ONLY_COMMANDS.test(name));
  try {
    await config.loadPluginsAndCommands({ force: true });
  } finally {
    oclif.plugins = all;
  }
}

/**
 * Makes sure that every plugin is there, as for help and for commands that are not our own.
 * @returns Whether any was missing.
 */
export async function loadEveryPlugin(config: Config): Promise<boolean> {
  if (!postponed.delete(config)) return false;
  await config.loadPluginsAndCommands({ force: true });
  return true;
}
