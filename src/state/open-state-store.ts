import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StateStore } from './state-store.ts';
import type { SqliteStoreOptions } from './sqlite/sqlite-store.ts';

/** How the store of a state folder is opened. */
export interface OpenStoreOptions extends SqliteStoreOptions {
  /** In a thread of its own, as a server needs it; else in this one, as a short-lived command does. */
  readonly apart?: boolean;
}

/**
 * Opens the store in a state folder, which several processes may use at once, and makes it when there is none. Fails with
 * `state-unusable`, `state-too-new` for the file of a later version, or with what is wrong about the file's place.
 */
export async function openStateStore(stateFolder: string, options: OpenStoreOptions = {}): Promise<StateStore> {
  const { apart = false, ...rest } = options;
  const file = fileIn(stateFolder);
  const store = apart
    ? new (await import('./sqlite/apart-store.ts')).ApartStore(file, rest)
    : new (await import('./sqlite/sqlite-store.ts')).SqliteStore(file, rest);
  try {
    await store.ready();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** As {@link openStateStore}, but `undefined` where nothing was ever stored. */
export async function openExistingStateStore(
  stateFolder: string,
  options: OpenStoreOptions = {},
): Promise<StateStore | undefined> {
  return existsSync(fileIn(stateFolder)) ? openStateStore(stateFolder, options) : undefined;
}

function fileIn(stateFolder: string): string {
  return join(stateFolder, 'state.db');
}
