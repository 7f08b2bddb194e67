import {
  compareVersions,
  ensureDaemon,
  findRunning,
  openSession,
  readSession,
  sharedDaemonLaunch,
  type Daemon,
  type DaemonDoor,
  type DaemonSession,
} from '../daemon/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { PlannedLaunch } from './describe-launch.ts';
import type { SessionSource } from './kept-session.ts';

/** A session to run: what to launch, and the proxy behind it. */
export interface SessionSettings extends PlannedLaunch {
  /** By which the session's requests name it, also after it came back; 16 hexadecimal digits or more. */
  readonly sessionId: string;
  /** Whether a person talks with claude, who may want to go on later. */
  readonly interactive: boolean;
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

/** Nobody waits longer for a hint at the end, in milliseconds. */
const PATIENCE_MS = 1_000;

/** Opens the first session: starts the daemon, or one in place of an older one, and tells the user what is not usual. */
export async function startSession(settings: SessionSettings, mayRetry = true): Promise<DaemonSession> {
  const daemon = await ensureCurrent(settings);
  try {
    return await openAt(daemon, settings);
  } catch (error) {
    // It may have been asked to stop in the moment between the two calls.
    if (mayRetry && isClaudexError(error) && error.code === 'proxy-gone') return startSession(settings, false);
    throw error;
  }
}

/** Opens the same session again, under the address that claude has, at whatever daemon there is. */
export function sourceOf(settings: SessionSettings, { context }: DaemonSession): SessionSource {
  return {
    async open() {
      const { daemon } = await ensureDaemon(doorOf(settings), launchOf(settings));
      return openAt(daemon, settings, context);
    },
    async rejoin() {
      const daemon = await findRunning(doorOf(settings));
      return daemon && openAt(daemon, settings, context);
    },
  };
}

/** Claude's own id of the conversation that this session was last about. Call it before the session ends. */
export async function lastConversation(settings: SessionSettings): Promise<string | undefined> {
  const daemon = await findRunning(doorOf(settings)).catch(() => undefined);
  const session = daemon && (await readSession(daemon, settings.sessionId, PATIENCE_MS));
  return session?.client_session ?? undefined;
}

async function ensureCurrent(settings: SessionSettings): Promise<Daemon> {
  const { version } = settings;
  const { daemon, replaced, unlogged } = await ensureDaemon(
    doorOf(settings),
    launchOf(settings),
    (running) => compareVersions(running.version, version) === 'older',
  );
  if (unlogged !== undefined) settings.notice(unlogged);
  if (replaced) {
    settings.notice(
      `A proxy of version ${version} has taken over from version ${replaced.version}, which still finishes its running answers.`,
    );
  } else if (daemon.version !== version) {
    settings.notice(
      `The running proxy is version ${daemon.version}, this is ${version}. "claudex proxy restart" replaces it.`,
    );
  }
  return daemon;
}

function openAt(daemon: Daemon, settings: SessionSettings, context?: string | null): Promise<DaemonSession> {
  return openSession(daemon, {
    id: settings.sessionId,
    profile: settings.address,
    configuration: settings.configuration,
    keys: settings.keys,
    pid: process.pid,
    cwd: settings.workingFolder,
    ...(context === undefined ? {} : { context }),
  });
}

function doorOf({ configuration, token }: SessionSettings): DaemonDoor {
  return { host: configuration.proxy_host, port: configuration.proxy_port, token };
}

function launchOf({ configuration, programRoot, environment, keyVariables, stateFolder }: SessionSettings) {
  const { proxy_host: host, proxy_port: port, proxy_allow_remote: allowRemote, proxy_token } = configuration;
  return sharedDaemonLaunch({
    host,
    port,
    allowRemote,
    ...(proxy_token === undefined ? {} : { configuredToken: proxy_token }),
    programRoot,
    environment,
    keyVariables,
    stateFolder,
  });
}
