/** One value that is kept, with what the store knows about it. */
export interface StoredEntry {
  readonly key: string;
  /** What was put, as JSON gives it back. */
  readonly value: unknown;
  /** Grows by one with every write of this key; the first write makes it 1. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch; absent for what is kept until it is removed. */
  readonly expiresAt?: number;
}

/** How a value is put. */
export interface PutOptions {
  /** Milliseconds since the epoch after which the value counts as gone. */
  readonly expiresAt?: number;
  /** Put only while the key still has this version; 0: only while nothing is there. */
  readonly ifVersion?: number;
}

/** One value of several that are put together. */
export interface StoredWrite {
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
  /** Milliseconds since the epoch after which the value counts as gone. */
  readonly expiresAt?: number;
  /** When it counts as put, in milliseconds since the epoch; default: now. */
  readonly storedAt?: number;
}

/** Which entries of a collection are wanted. */
export interface ListOptions {
  /** Most entries. */
  readonly limit: number;
  /** Only those put before this moment, in milliseconds since the epoch. */
  readonly storedBefore?: number;
  /** Only those put at this moment or later, in milliseconds since the epoch. */
  readonly storedFrom?: number;
  /** Only those whose key begins so. */
  readonly keyPrefix?: string;
}

/**
 * What outlives a process: small JSON values in named collections. Five verbs, so that a store shared by several machines
 * can stand in for the file; every implementation passes the same suite of tests. What has expired is never given out.
 */
export interface StateStore {
  /** The value of a key; `undefined` when there is none. */
  get(collection: string, key: string): Promise<StoredEntry | undefined>;
  /** Writes a value. False when `ifVersion` was given and another writer came first. */
  put(collection: string, key: string, value: unknown, options?: PutOptions): Promise<boolean>;
  /** Writes several values, all or none. Only where that is cheaper than one after the other. */
  putAll?(writes: readonly StoredWrite[]): Promise<void>;
  /** Entries of a collection, the newest first. */
  list(collection: string, options: ListOptions): Promise<readonly StoredEntry[]>;
  /** Forgets a key. */
  remove(collection: string, key: string): Promise<void>;
  /** Writes what is still held back, and lets go of the file. Nothing works afterwards. */
  close(): Promise<void>;
}
