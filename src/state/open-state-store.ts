import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StateStore } from './state-store.ts';
import type { SqliteStoreOptions } from './sqlite/sqlite-store.ts';

/** How the store of a state folder is opened. */
export interface OpenStoreOptions extends SqliteStoreOptions {
  /** In a thread of its own, as a server needs it; else in this one, as a short-lived command does. */
  readonly apart?: boolean;
  /**
   * What is done with the file at once. Also for a store in a thread of its own it is done in this one: nobody is served
   * yet who could be held up, and a thread takes longer to start than this does.
   */
  readonly first?: (store: StateStore) => Promise<void>;
}

/**
 * Opens the store in a state folder, which several processes may use at once, and makes it when there is none. Fails with
 * `state-unusable`, `state-too-new` for the file of a later version, or with what is wrong about the file's place.
 */
export async function openStateStore(stateFolder: string, options: OpenStoreOptions = {}): Promise<StateStore> {
  const { apart = false, first, ...rest } = options;
  const file = fileIn(stateFolder);
  if (!apart) return opened(new (await import('./sqlite/sqlite-store.ts')).SqliteStore(file, rest), first);
  const { ApartStore } = await import('./sqlite/apart-store.ts');
  if (!first) return opened(new ApartStore(file, rest), undefined);
  await (await openStateStore(stateFolder, { ...rest, first })).close();
  return new ApartStore(file, rest);
}

async function opened<Store extends StateStore & { ready(): Promise<void> }>(
  store: Store,
  first: OpenStoreOptions['first'],
): Promise<Store> {
  try {
    await store.ready();
    await first?.(store);
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
