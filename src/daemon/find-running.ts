import type { Daemon } from './daemon.ts';
import { portTaken } from './port-taken.ts';
import { probeDaemon, type DaemonDoor } from './probe.ts';

/** Our daemon on a port, or `undefined` when nobody is there. Fails with `port-taken` for anybody else. */
export async function findRunning(door: DaemonDoor): Promise<Daemon | undefined> {
  const probe = await probeDaemon(door);
  if (probe.kind === 'foreign') throw await portTaken(door.port, probe);
  return probe.kind === 'ours' ? probe.daemon : undefined;
}
