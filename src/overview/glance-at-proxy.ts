import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonDoor } from '../daemon/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { ProxyGlance } from './overview.ts';

/** Nobody waits longer than this for an overview, in milliseconds. */
const LIMIT_MS = 300;

/** Looks whether the proxy runs. Without a token none of ours can. */
export async function glanceAtProxy(
  host: string,
  port: number,
  token: string | undefined,
  limitMs = LIMIT_MS,
): Promise<ProxyGlance> {
  const nobody = { running: false, port, version: null, sessions: 0 };
  if (token === undefined) return nobody;
  const room = await import('../daemon/index.ts');
  const late = sleep(limitMs, { ...nobody, running: null }, { ref: false });
  return Promise.race([look(room, { host, port, token }, nobody), late]);
}

async function look(
  { probeDaemon, readDaemonStatus }: typeof import('../daemon/index.ts'),
  door: DaemonDoor,
  nobody: ProxyGlance,
): Promise<ProxyGlance> {
  const probe = await probeDaemon(door);
  if (probe.kind !== 'ours') return nobody;
  const { version } = probe.daemon;
  try {
    const { sessions } = await readDaemonStatus(probe.daemon);
    return { running: true, port: door.port, version, sessions: sessions.length };
  } catch (error) {
    // It has just ended.
    if (isClaudexError(error)) return nobody;
    throw error;
  }
}
