import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration, type Configuration, type LoadedConfiguration } from '../../src/config/index.ts';

/** Loads TOML text as a configuration file of its own would be loaded. */
export async function loadedFrom(toml: string): Promise<LoadedConfiguration> {
  const folder = await mkdtemp(join(tmpdir(), 'claudex-configuration-'));
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
    await rm(folder, { recursive: true, force: true });
  }
}

/** The values of {@link loadedFrom}. */
export async function configurationFrom(toml: string): Promise<Configuration> {
  return (await loadedFrom(toml)).values;
}
