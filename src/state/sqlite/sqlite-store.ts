import { failure } from '../../errors/index.ts';
import type { ListOptions, PutOptions, StateStore, StoredEntry, StoredWrite } from '../state-store.ts';
import { EntryTable } from './entry-table.ts';
import { moveAside } from './move-aside.ts';
import { openDatabase } from './open-database.ts';
import { STORE_LIMITS, type StoreLimits } from './prune.ts';
import { explainedSqliteError, isDamage } from './sqlite-error.ts';

/** How a store on a file behaves. */
export interface SqliteStoreOptions {
  readonly limits?: StoreLimits;
  /** Told once when a damaged file was moved out of the way. */
  readonly warn?: (message: string) => void;
  /** How long a call waits for other processes that write, in milliseconds. Default 5,000. */
  readonly busyMs?: number;
}

const BUSY_MS = 5_000;

interface OpenTable {
  readonly table: EntryTable;
  readonly inode: number;
}

/**
 * A store in a file that several processes use at once. Its calls run in this thread, and wait there for the disk. A file
 * that turns out to be damaged is moved out of the way, also while it is in use.
 */
export class SqliteStore implements StateStore {
  readonly #file: string;
  readonly #options: Required<SqliteStoreOptions>;
  #opening: Promise<OpenTable> | undefined;
  /** What the last opening gave; undefined while the file is being replaced. */
  #current: OpenTable | undefined;
  #closed = false;

  constructor(file: string, options: SqliteStoreOptions = {}) {
    this.#file = file;
    this.#options = { limits: STORE_LIMITS, warn: () => undefined, busyMs: BUSY_MS, ...options };
  }

  /** Opens the file, which any other call does, too; fails when it cannot be used. */
  ready(): Promise<void> {
    return this.#run(() => undefined);
  }

  get(collection: string, key: string): Promise<StoredEntry | undefined> {
    return this.#run((table) => table.get(collection, key));
  }

  put(collection: string, key: string, value: unknown, options: PutOptions = {}): Promise<boolean> {
    const { ifVersion, ...rest } = options;
    return this.#run((table) => table.put({ collection, key, value, ...rest }, ifVersion));
  }

  putAll(writes: readonly StoredWrite[]): Promise<void> {
    return this.#run((table) => table.putAll(writes));
  }

  list(collection: string, options: ListOptions): Promise<readonly StoredEntry[]> {
    return this.#run((table) => table.list(collection, options));
  }

  remove(collection: string, key: string): Promise<void> {
    return this.#run((table) => table.remove(collection, key));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const open = await this.#opening?.catch(() => undefined);
    open?.table.close();
  }

  async #run<Result>(work: (table: EntryTable) => Result): Promise<Result> {
    for (let replaced = false; ;) {
      if (this.#closed) throw failure('state-closed', `${this.#file} was closed`);
      this.#opening ??= this.#open();
      const open = await this.#opening;
      // While this call waited for its turn, another one may have replaced the file.
      if (open !== this.#current) continue;
      try {
        return work(open.table);
      } catch (error) {
        if (replaced || !isDamage(error)) throw explainedSqliteError(this.#file, error);
        replaced = true;
        this.#replace(open);
      }
    }
  }

  #replace(damaged: OpenTable): void {
    this.#current = undefined;
    damaged.table.close();
    this.#opening = this.#open(damaged.inode);
  }

  async #open(damagedInode?: number): Promise<OpenTable> {
    const { limits, warn } = this.#options;
    try {
      if (damagedInode !== undefined) await moveAside(this.#file, damagedInode, warn);
      const { connection, inode } = await openDatabase(this.#file, this.#options);
      this.#current = { table: new EntryTable(connection, limits), inode };
      return this.#current;
    } catch (error) {
      // The next call tries again: a full disk may have room by then.
      this.#opening = undefined;
      throw error;
    }
  }
}
