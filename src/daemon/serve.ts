import { messageOf, systemCodeOf } from '../errors/index.ts';
import type { Daemon } from './daemon.ts';
import { announceDaemon, type DaemonRecord } from './daemon-record.ts';
import { findRunning } from './find-running.ts';
import type { DaemonDoor } from './probe.ts';

/** A proxy that listens in this process. */
export interface ListeningProxy {
  readonly host: string;
  readonly port: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly stopped: Promise<void>;
  /** Lets open requests finish, then ends. */
  stop(): Promise<void>;
}

/** How this process becomes the daemon behind a port. */
export interface ServeSettings {
  readonly door: DaemonDoor;
  readonly stateFolder: string;
  readonly version: string;
  /** Makes it listen; rejects with `EADDRINUSE`, itself or as its cause, when the port is taken. */
  start(): Promise<ListeningProxy>;
  /** Told what goes wrong without keeping it from serving. */
  readonly warn: (problem: string) => void;
  /** Called once when it answers and is written down. */
  readonly ready: (record: DaemonRecord) => void;
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Serves until a signal or the stop route ends it. Returns the daemon that already runs on the port instead,
 * also when it won the port at the same moment. Fails with `port-taken`.
 */
export async function serveDaemon(settings: ServeSettings): Promise<Daemon | undefined> {
  const running = await findRunning(settings.door);
  if (running) return running;
  const restoreDebugger = keepDebuggerShut();
  try {
    await serve(await settings.start(), settings);
    return undefined;
  } catch (error) {
    const winner = isPortInUse(error) ? await findRunning(settings.door) : undefined;
    if (winner) return winner;
    throw error;
  } finally {
    restoreDebugger();
  }
}

async function serve(proxy: ListeningProxy, { stateFolder, version, warn, ready }: ServeSettings): Promise<void> {
  const { host, port } = proxy;
  const record = { host, port, pid: process.pid, version, started_at: new Date().toISOString() };
  const restoreSignals = stopOnSignals(proxy);
  // The record only helps others to find this proxy on a port they did not ask for; a full disk must not end it.
  const withdraw = await announceDaemon(stateFolder, record).catch((error: unknown) => {
    warn(`this proxy cannot be written down: ${messageOf(error)}`);
    return () => Promise.resolve();
  });
  try {
    ready(record);
    await proxy.stopped;
  } finally {
    await withdraw().catch((error: unknown) => warn(`the record of this proxy stays: ${messageOf(error)}`));
    restoreSignals();
  }
}

/**
 * SIGUSR1 opens a debugger in a process of Node, and a debugger shows every key. Node's option against it reaches only a
 * proxy in the background; a listener does the same for one in a terminal.
 */
function keepDebuggerShut(): () => void {
  const ignore = (): void => undefined;
  process.on('SIGUSR1', ignore);
  return () => process.off('SIGUSR1', ignore);
}

/** The first signal stops gently; a second one means that somebody does not want to wait. */
function stopOnSignals(proxy: ListeningProxy): () => void {
  const stop = (): void => {
    restore();
    void proxy.stop();
  };
  const restore = (): void => {
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  return restore;
}

function isPortInUse(error: unknown): boolean {
  return systemCodeOf(error) === 'EADDRINUSE' || (error instanceof Error && systemCodeOf(error.cause) === 'EADDRINUSE');
}
