import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonDoor } from '../daemon/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { ProxyGlance } from './overview.ts';

/** Nobody waits longer than this for an overview, in milliseconds. */
const LIMIT_MS = 300;

/** Looks whether the proxy runs. Without a token none of ours can, but another program may have the port. */
export async function glanceAtProxy(
  host: string,
  port: number,
  token: string | undefined,
  limitMs = LIMIT_MS,
): Promise<ProxyGlance> {
  const nobody = { running: false, port, version: null, sessions: 0, problem: null };
  let known: ProxyGlance = { ...nobody, running: null };
  const room = await import('../daemon/index.ts');
  const late = sleep(limitMs, undefined, { ref: false }).then(() => known);
  // A token that nobody can have; an empty one would be easy to prove.
  const door = { host, port, token: token ?? crypto.randomUUID() };
  const tell = (problem: string): void => void (known = { ...nobody, problem });
  return Promise.race([look(room, door, nobody, tell), late]);
}

async function look(
  { portTaken, probeDaemon, readDaemonStatus }: typeof import('../daemon/index.ts'),
  door: DaemonDoor,
  nobody: ProxyGlance,
  tell: (problem: string) => void,
): Promise<ProxyGlance> {
  const probe = await probeDaemon(door);
  if (probe.kind === 'nobody') return nobody;
  if (probe.kind === 'foreign') {
    // To find out which program it is may take too long.
    tell(`port ${door.port} is held by another program`);
    return { ...nobody, problem: (await portTaken(door.port, probe)).message };
  }
  const { version } = probe.daemon;
  try {
    const { sessions } = await readDaemonStatus(probe.daemon);
    return { ...nobody, running: true, version, sessions: sessions.length };
  } catch (error) {
    // It has just ended.
    if (isClaudexError(error)) return nobody;
    throw error;
  }
}
