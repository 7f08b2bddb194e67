import { isClaudexError } from '../errors/index.ts';
import type { Daemon } from './daemon.ts';
import { readRunningSession, type RunningSession } from './running-session.ts';

/** What one daemon says about itself. */
export interface DaemonStatus {
  readonly host: string;
  readonly port: number;
  /** `null` when the daemon does not say. */
  readonly pid: number | null;
  readonly version: string;
  readonly uptime_s: number | null;
  /** As the proxy reports them on `/status`. */
  readonly profiles: unknown;
  readonly sessions: readonly RunningSession[];
  /** Why the proxy does not follow its configuration files at the moment, in one text; `null` while it does. */
  readonly configurationProblem: string | null;
}

/** Asks a daemon for its status. Fails with `proxy-gone` when it ends meanwhile. */
export async function readDaemonStatus(daemon: Daemon): Promise<DaemonStatus> {
  const response = await daemon.call({ method: 'GET', path: '/status' });
  const body = asTable(await response.json());
  return {
    host: daemon.host,
    port: daemon.port,
    pid: numberOr(body['pid'], null),
    version: daemon.version,
    uptime_s: numberOr(body['uptime_s'], null),
    profiles: body['profiles'] ?? {},
    sessions: Array.isArray(body['sessions']) ? body['sessions'].map(readRunningSession) : [],
    configurationProblem: problemIn(body['configuration']),
  };
}

/** The process of a daemon: `null` when it does not say, `undefined` when it has just ended. */
export async function processOf(daemon: Daemon): Promise<number | null | undefined> {
  try {
    return (await readDaemonStatus(daemon)).pid;
  } catch (error) {
    if (isClaudexError(error) && error.code === 'proxy-gone') return undefined;
    throw error;
  }
}

function problemIn(configuration: unknown): string | null {
  const { message } = asTable(asTable(configuration)['problem']);
  return typeof message === 'string' ? message : null;
}

function asTable(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
}

function numberOr<Otherwise>(value: unknown, otherwise: Otherwise): number | Otherwise {
  return typeof value === 'number' ? value : otherwise;
}
