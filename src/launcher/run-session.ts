import { ensureDaemon, openSession, sharedDaemonLaunch, type DaemonDoor, type DaemonSession } from '../daemon/index.ts';
import { isClaudexError } from '../errors/index.ts';
import { buildEnvironment } from './build-environment.ts';
import type { PlannedLaunch } from './describe-launch.ts';
import { launch } from './launch.ts';

/** A session to run: what to launch, and the proxy behind it. */
export interface SessionSettings extends PlannedLaunch {
  /** Key variables that are set in the caller's environment, by name. */
  readonly keys: { readonly [variable: string]: string };
  /** Every variable that may hold a key, set or not. */
  readonly keyVariables: readonly string[];
  /** The token of the local proxy. */
  readonly token: string;
  readonly version: string;
  /** The folder that holds `bin/run.js`. */
  readonly programRoot: string;
  readonly stateFolder: string;
  readonly workingFolder: string;
  /** Tells the user something before claude takes over the terminal. */
  notice(line: string): void;
}

/** Makes sure that the proxy runs, registers the session, runs claude and returns its exit code. */
export async function runThroughProxy(settings: SessionSettings): Promise<number> {
  await using session = await startSession(settings, true);
  const proxy = { baseUrl: session.baseUrl, token: settings.token };
  // Awaited here: the session must not end before claude does.
  return await launch({
    executable: settings.executable,
    arguments: settings.claudeArguments,
    environment: buildEnvironment({ ...settings, proxy }),
  });
}

/** Runs claude as it is, for a profile that it serves with its own login, and returns its exit code. */
export function runWithoutProxy(planned: PlannedLaunch): Promise<number> {
  const { executable, claudeArguments } = planned;
  return launch({ executable, arguments: claudeArguments, environment: buildEnvironment(planned) });
}

async function startSession(settings: SessionSettings, mayRetry: boolean): Promise<DaemonSession> {
  const { configuration, environment, stateFolder, programRoot } = settings;
  const door: DaemonDoor = { host: configuration.proxy_host, port: configuration.proxy_port, token: settings.token };
  const { daemon } = await ensureDaemon(
    door,
    sharedDaemonLaunch({
      host: door.host,
      port: door.port,
      allowRemote: configuration.proxy_allow_remote,
      ...(configuration.proxy_token === undefined ? {} : { configuredToken: configuration.proxy_token }),
      programRoot,
      environment,
      keyVariables: settings.keyVariables,
      stateFolder,
    }),
  );
  if (daemon.version !== settings.version) {
    settings.notice(
      `The running proxy is version ${daemon.version}, this is ${settings.version}. "claudex proxy stop" lets the next run start the new one.`,
    );
  }
  try {
    return await openSession(daemon, {
      profile: settings.bound.profile.name,
      configuration,
      keys: settings.keys,
      pid: process.pid,
      cwd: settings.workingFolder,
    });
  } catch (error) {
    // It may have been asked to stop in the moment between the two calls.
    if (mayRetry && isClaudexError(error) && error.code === 'proxy-gone') return startSession(settings, false);
    throw error;
  }
}
