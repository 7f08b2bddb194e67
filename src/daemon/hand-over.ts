import { failure, isClaudexError } from '../errors/index.ts';
import { becomesTrue } from './becomes-true.ts';
import type { Daemon } from './daemon.ts';
import { processOf } from './daemon-status.ts';
import { probeDaemon, type DaemonDoor } from './probe.ts';

/** How long a proxy may take to leave its port, in milliseconds. */
const LEAVE_LIMIT_MS = 10_000;

/**
 * Asks a daemon to leave its port to the next one at once, and to go on with what it answers until that ends by
 * itself. Returns when the port is free. Fails with `proxy-did-not-stop`.
 */
export async function handOver(daemon: Daemon, door: DaemonDoor): Promise<void> {
  const pid = await processOf(daemon);
  await ask(daemon);
  if (await becomesTrue(() => hasLeft(door, pid), LEAVE_LIMIT_MS)) return;
  throw failure(
    'proxy-did-not-stop',
    `the proxy on port ${door.port} was told to hand over but is still there after ${LEAVE_LIMIT_MS / 1000} s`,
    'Try "claudex proxy stop", or end the process by hand.',
  );
}

async function ask(daemon: Daemon): Promise<void> {
  try {
    (await daemon.call({ method: 'POST', path: '/-/stop', body: { handover: true } })).cancel();
  } catch (error) {
    // It may have been told to stop in the meantime, which is as good.
    if (!isClaudexError(error) || error.code !== 'proxy-gone') throw error;
  }
}

/** Somebody else may have the port by now: who that is shows when the next one wants to start. */
async function hasLeft(door: DaemonDoor, pid: number | null | undefined): Promise<boolean> {
  const probe = await probeDaemon(door);
  if (probe.kind !== 'ours') return probe.kind === 'nobody' || !probe.silent;
  const answering = await processOf(probe.daemon);
  return typeof pid === 'number' && typeof answering === 'number' && answering !== pid;
}
