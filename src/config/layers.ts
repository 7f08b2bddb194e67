import type { Configuration } from './configuration.ts';
import type { Source } from './source.ts';
import type { Table } from './tables.ts';

/** Where to look. Folders are absolute; `configFile` may be relative to `workingFolder`. */
export interface ConfigurationSources {
  /** The file given with `--config`; replaces the global and the project file. */
  configFile?: string;
  workingFolder: string;
  environment: NodeJS.ProcessEnv;
  /** Folder of the global file. */
  configFolder: string;
  /** Folder of the trust record. */
  stateFolder: string;
  /** True to leave the project layer out. `$CLAUDEX_CONFIG` is still obeyed. */
  withoutProject?: boolean;
}

export type LayerOrigin = 'defaults' | 'global' | 'project' | 'file' | 'environment';

/** One unmerged layer: its values as they were written, of an untrusted file only what it may set. */
export interface Layer {
  origin: LayerOrigin;
  file?: string;
  values: Table;
}

/** The configuration and where it came from; `layers` are in the order they were merged, lowest first. */
export interface LoadedConfiguration {
  values: Configuration;
  layers: Layer[];
  /** Where in its file or environment each key of the layers that somebody wrote is; in the same order. */
  sources: readonly Source[];
  /** Lines for stderr. */
  warnings: string[];
  /** The file that owns new profiles: `--config` or `$CLAUDEX_CONFIG`, else the global one if it exists. */
  sourceFile?: string;
  /** Absolute paths of all files that decide this configuration, or would if they existed. */
  watched: string[];
}
