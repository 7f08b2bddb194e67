import { join } from 'node:path';

/** Where this user's files live. On Linux these follow the XDG variables. */
export interface Directories {
  /** Global configuration. */
  readonly config: string;
  /** Installed plugins and everything that must survive. */
  readonly data: string;
  /** Anything that can be made again. */
  readonly cache: string;
  /** Token, trust records, running daemons, the proxy's log. */
  readonly state: string;
}

/** Takes the folders from oclif's configuration, so that its own variables and overrides apply. */
export function directoriesOf(oclif: { configDir: string; dataDir: string; cacheDir: string }): Directories {
  return { config: oclif.configDir, data: oclif.dataDir, cache: oclif.cacheDir, state: join(oclif.dataDir, 'state') };
}
