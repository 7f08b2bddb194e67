import { messageOf } from '../errors/index.ts';
import { History, type HistoryOptions } from './history.ts';
import { memoryStore } from './memory-store.ts';
import { openStateStore } from './open-state-store.ts';
import type { StateStore } from './state-store.ts';

/** How a server keeps its history. */
export interface ServerHistoryOptions extends Omit<HistoryOptions, 'store' | 'warn'> {
  /** Absent: what is kept ends with the process. */
  readonly stateFolder: string | undefined;
  /** Told what the user should know: a damaged file, one that cannot be used, writing that fails. */
  readonly warn: (message: string) => void;
  /** Reads from the file what the server needs before it serves. What it throws means that there is nothing. */
  readonly atStart?: (store: StateStore) => Promise<void>;
}

/** A history with the store it lies in, which may keep other things, too. */
export interface ServerHistory {
  readonly history: History;
  readonly store: StateStore;
  /** Writes what waits, and lets go of the file. */
  readonly close: () => Promise<void>;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Opens the history of a server in the state folder. Where the file cannot be used, it is kept in memory for as long as the
 * server runs: a proxy without a history is better than none.
 */
export async function openHistory(options: ServerHistoryOptions): Promise<ServerHistory> {
  const { warn } = options;
  const store = await openOrKeepInMemory(options);
  const history = new History({ ...options, store });
  const timer = setInterval(() => void forget(history, warn), HOUR_MS).unref();
  return {
    history,
    store,
    async close() {
      clearInterval(timer);
      await history.close();
      await store.close();
    },
  };
}

async function openOrKeepInMemory(options: ServerHistoryOptions): Promise<StateStore> {
  const { stateFolder, warn } = options;
  if (stateFolder === undefined) return memoryStore();
  try {
    return await openStateStore(stateFolder, { apart: true, warn, first: (here) => beginWith(here, options) });
  } catch (error) {
    warn(`${messageOf(error)}; the history is kept in memory until the proxy ends.`);
    return memoryStore();
  }
}

async function beginWith(store: StateStore, { atStart, ...options }: ServerHistoryOptions): Promise<void> {
  await forget(new History({ ...options, store }), options.warn);
  await atStart?.(store).catch(() => undefined);
}

async function forget(history: History, warn: (message: string) => void): Promise<void> {
  await history.forgetOld().catch((error: unknown) => warn(messageOf(error)));
}
