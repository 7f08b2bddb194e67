import { processOf } from './daemon-status.ts';
import { ensureDaemon, type EnsuredDaemon } from './ensure-daemon.ts';
import { findRunning } from './find-running.ts';
import type { DaemonDoor } from './probe.ts';
import type { DaemonLaunch } from './spawn-daemon.ts';

/**
 * Starts a daemon in place of the one that runs now, which hands over, or of none. Of several who ask at once for
 * the same daemon's replacement one starts it. Fails as {@link ensureDaemon} does.
 */
export async function replaceDaemon(door: DaemonDoor, launch: DaemonLaunch): Promise<EnsuredDaemon> {
  const running = await findRunning(door);
  if (!running) return ensureDaemon(door, launch);
  const pid = await processOf(running);
  return ensureDaemon(door, launch, async (daemon) => {
    const answering = await processOf(daemon);
    return answering === undefined || answering === pid;
  });
}
