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
  /** Variables that may hold keys. They reach the daemon per session, and leave with it. */
  readonly keyVariables: readonly string[];
  readonly stateFolder: string;
}

/**
 * A daemon for all sessions. It must not inherit what one caller's folder or shell configured: that reaches it
 * per session. Only where it listens and what it proves itself with are handed down.
 */
export function sharedDaemonLaunch(settings: SharedDaemonSettings): DaemonLaunch {
  return {
    command: [...nodeCommand(settings.programRoot), 'proxy', 'start', '--port', String(settings.port)],
    environment: {
      ...without(settings.keyVariables, withoutConfigurationVariables(settings.environment)),
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
  return {
    command: [...nodeCommand(settings.programRoot), 'proxy', 'start', '--port', String(settings.port), ...config],
    environment: settings.environment,
    workingFolder: settings.workingFolder,
    stateFolder: settings.stateFolder,
  };
}

/**
 * What Node is told about a daemon. Whoever may signal it must not be able to open a debugger in it, which would show every
 * key. And its space for new objects stays small, in MiB: with many streams it would grow to 128 and never shrink, for
 * objects that live a moment.
 */
export const DAEMON_NODE_OPTIONS = ['--disable-sigusr1', '--max-semi-space-size=16'] as const;

function nodeCommand(programRoot: string): [string, ...string[]] {
  return [process.execPath, ...DAEMON_NODE_OPTIONS, join(programRoot, 'bin', 'run.js')];
}

function without(names: readonly string[], environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));
}
