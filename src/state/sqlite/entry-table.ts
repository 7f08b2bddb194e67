import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { ListOptions, PutOptions, StoredEntry, StoredWrite } from '../state-store.ts';
import { isDamage } from './sqlite-error.ts';
import { giveBackRoom, prune, PRUNE_AFTER, type StoreLimits } from './prune.ts';

/** What a row costs beside its value, in bytes. */
const ROW_BYTES = 100;

const FIND = `SELECT * FROM entry WHERE collection = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)`;
const INSERT = `INSERT OR REPLACE INTO entry (collection, key, value, version, stored_at, expires_at, bytes)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
const LIST = `SELECT * FROM entry WHERE collection = ? AND stored_at >= ? AND stored_at < ?
  AND (expires_at IS NULL OR expires_at > ?)`;
const NEWEST_FIRST = 'ORDER BY stored_at DESC, id DESC LIMIT ?';

/** The verbs of a store on an open file. Everything is synchronous and throws what SQLite throws. */
export class EntryTable {
  readonly #connection: DatabaseSync;
  readonly #limits: StoreLimits;
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  #prunedAt = 0;
  #writtenBytes = 0;

  constructor(connection: DatabaseSync, limits: StoreLimits) {
    this.#connection = connection;
    this.#limits = limits;
    this.#find = connection.prepare(FIND);
    this.#insert = connection.prepare(INSERT);
  }

  get(collection: string, key: string): StoredEntry | undefined {
    const row = this.#find.get(collection, key, Date.now());
    return row && entryOf(row);
  }

  put(write: StoredWrite, ifVersion?: PutOptions['ifVersion']): boolean {
    const text = textOf(write.value);
    const isWritten = this.#transaction(() => {
      const version = Number(this.#find.get(write.collection, write.key, Date.now())?.['version'] ?? 0);
      if (ifVersion !== undefined && ifVersion !== version) return false;
      this.#write(write, text, version + 1);
      return true;
    });
    this.#pruneNowAndThen();
    return isWritten;
  }

  putAll(writes: readonly StoredWrite[]): void {
    const texts = writes.map(({ value }) => textOf(value));
    this.#transaction(() => {
      for (const [index, write] of writes.entries()) {
        const before = this.#find.get(write.collection, write.key, Date.now());
        this.#write(write, texts[index] ?? '', Number(before?.['version'] ?? 0) + 1);
      }
    });
    this.#pruneNowAndThen();
  }

  list(collection: string, { limit, storedBefore, storedFrom, keyPrefix }: ListOptions): StoredEntry[] {
    const bounds = [collection, storedFrom ?? 0, storedBefore ?? Number.MAX_SAFE_INTEGER, Date.now()];
    const rows =
      keyPrefix === undefined
        ? this.#connection.prepare(`${LIST} ${NEWEST_FIRST}`).all(...bounds, limit)
        : this.#connection
            .prepare(`${LIST} AND key >= ? AND key < ? ${NEWEST_FIRST}`)
            .all(...bounds, keyPrefix, `${keyPrefix}\u{10FFFF}`, limit);
    return rows.map(entryOf).filter((entry) => entry !== undefined);
  }

  remove(collection: string, key: string): void {
    this.#connection.prepare('DELETE FROM entry WHERE collection = ? AND key = ?').run(collection, key);
  }

  close(): void {
    this.#connection.close();
  }

  #write({ collection, key, storedAt, expiresAt }: StoredWrite, text: string, version: number): void {
    const bytes = Buffer.byteLength(text) + key.length + ROW_BYTES;
    this.#insert.run(collection, key, text, version, whole(storedAt ?? Date.now()), whole(expiresAt), bytes);
    this.#writtenBytes += bytes;
  }

  #pruneNowAndThen(): void {
    const now = Date.now();
    if (now - this.#prunedAt < PRUNE_AFTER.ms && this.#writtenBytes < PRUNE_AFTER.bytes) return;
    this.#prunedAt = now;
    this.#writtenBytes = 0;
    try {
      this.#transaction(() => prune(this.#connection, this.#limits, now));
      giveBackRoom(this.#connection);
    } catch (error) {
      // What was to be written is written; a full disk or a busy file may be different the next time.
      if (isDamage(error)) throw error;
    }
  }

  /** From the start alone with the right to write, so that what is read counts until it is written. */
  #transaction<Result>(work: () => Result): Result {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have taken it back itself.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The columns take no fractions. */
function whole(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.floor(milliseconds);
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('only what JSON can express can be stored');
  return text;
}

/** A value that is no JSON was damaged on the disk, and counts as gone. */
function entryOf(row: Record<string, SQLOutputValue>): StoredEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(String(row['value'])) as unknown;
  } catch {
    return undefined;
  }
  const { key, version, stored_at, expires_at } = row;
  return {
    key: String(key),
    value,
    version: Number(version),
    storedAt: Number(stored_at),
    ...(expires_at === null ? {} : { expiresAt: Number(expires_at) }),
  };
}
