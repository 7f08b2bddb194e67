import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfiguration, type ConfigurationSources, type LoadedConfiguration } from '../../../src/config/index.ts';
import type { ClaudexError } from '../../../src/errors/index.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { makeTemporaryFolder, removeFolder } from '../../support/temporary-folder.ts';

/** A user's folders in a temporary place: a project in `project`, the global configuration in `global`. */
export interface Workspace {
  readonly root: string;
  readonly project: string;
  readonly state: string;
  /** Writes a file below the root and returns its path. */
  write(path: string, content: string | Uint8Array): string;
  /** Where these folders are. */
  sources(): ConfigurationSources;
  load(sources?: Partial<ConfigurationSources>): Promise<LoadedConfiguration>;
  /** Loads what must not load, and returns the error. */
  refusal(sources?: Partial<ConfigurationSources>): Promise<ClaudexError>;
  remove(): void;
}

/** Makes a {@link Workspace}; the project is there and empty, the other folders are not there yet. */
export function makeWorkspace(): Workspace {
  const root = makeTemporaryFolder();
  const project = join(root, 'project');
  const state = join(root, 'state');
  mkdirSync(project);
  const folders = { workingFolder: project, configFolder: join(root, 'global'), stateFolder: state };
  const load: Workspace['load'] = (sources) => loadConfiguration({ ...folders, environment: {}, ...sources });
  return {
    root,
    project,
    state,
    load,
    sources: () => ({ ...folders, environment: {} }),
    write(path, content) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    refusal: (sources) => refusalOf(load(sources)),
    remove: () => removeFolder(root),
  };
}

/** A complete profile as TOML, with further lines. */
export function profile(name: string, ...lines: string[]): string {
  const facts = [`name = "${name}"`, 'base_url = "https://example.com/v1"', 'default_model = "m"', ...lines];
  return `[[profiles]]\n${facts.join('\n')}\n`;
}
