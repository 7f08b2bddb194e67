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
export async function openHistory({ stateFolder, warn, ...options }: ServerHistoryOptions): Promise<ServerHistory> {
  const store = await openOrKeepInMemory(stateFolder, warn);
  const history = new History({ ...options, store, warn });
  const forget = (): void => void history.forgetOld().catch((error: unknown) => warn(messageOf(error)));
  forget();
  const timer = setInterval(forget, HOUR_MS).unref();
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

async function openOrKeepInMemory(
  stateFolder: string | undefined,
  warn: (message: string) => void,
): Promise<StateStore> {
  if (stateFolder === undefined) return memoryStore();
  try {
    return await openStateStore(stateFolder, { apart: true, warn });
  } catch (error) {
    warn(`${messageOf(error)}; the history is kept in memory until the proxy ends.`);
    return memoryStore();
  }
}
