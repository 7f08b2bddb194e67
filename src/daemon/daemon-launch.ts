import { join } from 'node:path';
import { withoutConfigurationVariables } from '../config/index.ts';
import type { DaemonLaunch } from './spawn-daemon.ts';

/** Set for a daemon that nobody configured by hand: it reads the global configuration only. */
export const SHARED_DAEMON_VARIABLE = 'CLAUDEX_DAEMON';

/** What a shared daemon must agree on with the process that starts it. */
export interface SharedDaemonSettings {
  readonly host: string;
  readonly port: number;
  readonly allowRemote: boolean;
  /** Only a token that the configuration sets; the install's own is found on disk. */
  readonly configuredToken?: string;
  /** The folder that holds `bin/run.js`. */
  readonly programRoot: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stateFolder: string;
}

/**
 * A daemon for all sessions. It must not inherit what one caller's folder or shell configured: that reaches it
 * per session. Only where it listens and what it proves itself with are handed down.
 */
export function sharedDaemonLaunch(settings: SharedDaemonSettings): DaemonLaunch {
  return {
    command: [process.execPath, entryPoint(settings.programRoot), 'proxy', 'start', '--port', String(settings.port)],
    environment: {
      ...withoutConfigurationVariables(settings.environment),
      CLAUDEX_PROXY_HOST: settings.host,
      ...(settings.allowRemote ? { CLAUDEX_PROXY_ALLOW_REMOTE: 'true' } : {}),
      ...(settings.configuredToken === undefined ? {} : { CLAUDEX_PROXY_TOKEN: settings.configuredToken }),
      [SHARED_DAEMON_VARIABLE]: '1',
    },
    workingFolder: settings.stateFolder,
    stateFolder: settings.stateFolder,
  };
}

/** A daemon with the configuration of this very call: same folder, same `--config`, same environment. */
export function ownDaemonLaunch(settings: {
  readonly port: number;
  readonly configFile?: string | undefined;
  readonly programRoot: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  readonly stateFolder: string;
}): DaemonLaunch {
  const config = settings.configFile === undefined ? [] : ['--config', settings.configFile];
  const command = [entryPoint(settings.programRoot), 'proxy', 'start', '--port', String(settings.port), ...config];
  return {
    command: [process.execPath, ...command],
    environment: settings.environment,
    workingFolder: settings.workingFolder,
    stateFolder: settings.stateFolder,
  };
}

function entryPoint(programRoot: string): string {
  return join(programRoot, 'bin', 'run.js');
}
