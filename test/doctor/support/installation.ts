import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Installation, type InstallationFacts } from '../../../src/doctor/installation.ts';
import { registryOf } from '../../support/registry.ts';

/** What a test changes about the installation in a folder. */
export interface InstallationChanges extends Partial<InstallationFacts> {
  readonly environment?: NodeJS.ProcessEnv;
  readonly configFile?: string;
}

/** An installation of version 1.2.3 in which nothing is wrong: `config`, `data`, `cache` and `work` below the folder. */
export function installationIn(root: string, changes: InstallationChanges = {}): Installation {
  const { environment = {}, configFile, ...facts } = changes;
  const [config, data, cache, work] = ['config', 'data', 'cache', 'work'].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ];
  const state = join(data, 'state');
  for (const folder of [config, state, cache, work]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return new Installation({
    directories: { config, data, cache, state },
    sources: {
      workingFolder: work,
      environment: { HOME: root, ...environment },
      configFolder: config,
      stateFolder: state,
      ...(configFile === undefined ? {} : { configFile }),
    },
    platform: 'linux',
    nodeVersion: '24.21.0',
    nodeRange: '^22.22.2 || ^24.15.0 || >=26',
    version: '1.2.3',
    programRoot: root,
    terminal: { isTerminal: true, columns: 100, colorDepth: 8 },
    plugins: [],
    registry: () => Promise.resolve(registryOf()),
    createGlobalFile: () => Promise.reject(new Error('no test makes it')),
    offline: true,
    ...facts,
  });
}
