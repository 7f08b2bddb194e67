import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfiguration, type Configuration, type LoadedConfiguration } from '../../src/config/index.ts';
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts';

/** Loads TOML text as a configuration file of its own would be loaded. */
export async function loadedFrom(toml: string): Promise<LoadedConfiguration> {
  const folder = makeTemporaryFolder();
  try {
    const configFile = join(folder, 'config.toml');
    await writeFile(configFile, toml);
    return await loadConfiguration({
      configFile,
      workingFolder: folder,
      environment: {},
      configFolder: folder,
      stateFolder: folder,
    });
  } finally {
    removeFolder(folder);
  }
}

/** The values of {@link loadedFrom}. */
export async function configurationFrom(toml: string): Promise<Configuration> {
  return (await loadedFrom(toml)).values;
}
