import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '../errors/index.ts';
import type { Daemon } from './daemon.ts';
import { findRunning } from './find-running.ts';
import { handOver } from './hand-over.ts';
import { proxyLogFile } from './log/log-file.ts';
import { portTaken } from './port-taken.ts';
import { probeDaemon, type DaemonDoor } from './probe.ts';
import { claimStart } from './start-claim.ts';
import { spawnDaemon, type DaemonLaunch, type SpawnedDaemon } from './spawn-daemon.ts';

/** The daemon behind a port, and whether this call started a process for it. */
export interface EnsuredDaemon {
  readonly daemon: Daemon;
  readonly started: boolean;
  /** The daemon that handed over to it. */
  readonly replaced?: Daemon;
  /** A sentence for the user: why what the new process prints is not kept. Absent when it is. */
  readonly unlogged?: string;
}

/** Whether a daemon that runs must hand over to a new one. */
export type IsOutdated = (daemon: Daemon) => boolean | Promise<boolean>;

const START_LIMIT_MS = 10_000;
const POLL_MS = 50;

/**
 * Finds our daemon or starts one and waits until it proves itself. One that is outdated hands over to the one that
 * is started. The listening socket is the only lock: of several starters one process gets the port, and the others
 * use it. Fails with `port-taken`, `proxy-did-not-start` or `proxy-did-not-stop`.
 */
export async function ensureDaemon(
  door: DaemonDoor,
  launch: DaemonLaunch,
  isOutdated: IsOutdated = () => false,
): Promise<EnsuredDaemon> {
  const deadline = performance.now() + 2 * START_LIMIT_MS;
  for (;;) {
    const running = await findRunning(door);
    if (running && !(await isOutdated(running))) return { daemon: running, started: false };
    // Held from before the port becomes free, so that nobody else starts a daemon of another kind on it.
    const release = await claimStart(launch.stateFolder, door.port, START_LIMIT_MS);
    if (release) {
      try {
        return await startClaimed(door, launch, isOutdated);
      } finally {
        await release();
      }
    }
    if (performance.now() > deadline) {
      throw failure(
        'proxy-did-not-start',
        'another process tries to start the proxy and does not get done',
        'Try again.',
      );
    }
    await sleep(POLL_MS);
  }
}

async function startClaimed(door: DaemonDoor, launch: DaemonLaunch, isOutdated: IsOutdated): Promise<EnsuredDaemon> {
  // The one who had the claim before may have finished between the look and the claim.
  const running = await findRunning(door);
  if (running && !(await isOutdated(running))) return { daemon: running, started: false };
  if (running) await handOver(running, door);
  const spawned = await spawnDaemon(launch);
  const daemon = await waitForProof(door, spawned, launch);
  const { unlogged } = spawned;
  return {
    daemon,
    started: true,
    ...(running && { replaced: running }),
    ...(unlogged !== undefined && { unlogged: `The proxy started without a log: ${unlogged}.` }),
  };
}

async function waitForProof(door: DaemonDoor, spawned: SpawnedDaemon, launch: DaemonLaunch): Promise<Daemon> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    // Read before the probe: a process that lost the race may only be gone because another one answers by now.
    const ending = spawned.ending();
    const probe = await probeDaemon(door);
    if (probe.kind === 'ours') return probe.daemon;
    if (probe.kind === 'foreign' && !probe.silent) {
      spawned.child.kill();
      throw await portTaken(door.port, probe);
    }
    if (ending !== undefined && !ending.clean) throw await didNotStart(`it ended (${ending.how})`, spawned, launch);
    if (performance.now() > deadline) {
      spawned.child.kill();
      throw await didNotStart(`no answer on port ${door.port} within ${START_LIMIT_MS / 1000} s`, spawned, launch);
    }
    await sleep(POLL_MS);
  }
}

async function didNotStart(why: string, spawned: SpawnedDaemon, launch: DaemonLaunch): Promise<Error> {
  const lines = await spawned.lastLines(5);
  const isSilent = lines.every((line) => line === '');
  const said = isSilent ? '' : `\n${lines.map((line) => `  ${line}`).join('\n')}`;
  const unlogged = spawned.unlogged === undefined ? '' : `; ${spawned.unlogged}`;
  return failure(
    'proxy-did-not-start',
    `the proxy did not start: ${why}${said}${unlogged}`,
    isSilent
      ? '"claudex proxy start" shows in this terminal what keeps it.'
      : `The whole log is ${proxyLogFile(launch.stateFolder)}.`,
  );
}
