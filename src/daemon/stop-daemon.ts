import { failure } from '../errors/index.ts';
import { becomesTrue } from './becomes-true.ts';
import type { Daemon } from './daemon.ts';
import { readDaemonRecord } from './daemon-record.ts';
import { readDaemonStatus } from './daemon-status.ts';
import { probeDaemon, type DaemonDoor } from './probe.ts';
import { processExists } from './process-exists.ts';

/** What a proxy may take beyond its time for open requests, in milliseconds. */
const GRACE_MS = 5_000;
/** How long an ended proxy's process may take to disappear, in milliseconds. */
const EXIT_MS = 2_000;

/**
 * Asks a daemon to end and waits until its port is free, its record and its process are gone. `drainMs` is how
 * long it may let open requests finish. No process is ever signalled. Fails with `proxy-did-not-stop`.
 */
export async function stopDaemon(
  daemon: Daemon,
  door: DaemonDoor,
  stateFolder: string,
  drainMs: number,
): Promise<void> {
  const { pid } = await readDaemonStatus(daemon);
  const response = await daemon.call({ method: 'POST', path: '/-/stop' });
  response.cancel();
  const limitMs = drainMs + GRACE_MS;
  if (!(await becomesTrue(() => isWithdrawn(door, stateFolder, pid), limitMs))) {
    throw failure(
      'proxy-did-not-stop',
      `the proxy on port ${door.port} was told to stop but is still there after ${limitMs / 1000} s`,
      'Requests may still be running; try again, or end the process by hand.',
    );
  }
  if (pid !== null && !(await becomesTrue(() => !processExists(pid), EXIT_MS))) {
    throw failure(
      'proxy-did-not-stop',
      `the proxy has left port ${door.port}, but its process ${pid} is still there`,
      'Look at it and end it by hand.',
    );
  }
}

/** By now another program, or the next daemon, may have the port: then the record tells. */
async function isWithdrawn(door: DaemonDoor, stateFolder: string, pid: number | null): Promise<boolean> {
  const record = await readDaemonRecord(stateFolder, door.port);
  if (pid !== null && record?.pid === pid) return !processExists(pid);
  const probe = await probeDaemon(door);
  return probe.kind !== 'ours' || (pid !== null && record !== undefined);
}
