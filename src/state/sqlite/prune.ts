import type { DatabaseSync } from 'node:sqlite';

/** How much a store keeps of what expires anyway. What was put without an end is never thrown out. */
export interface StoreLimits {
  /** Entries of one collection. */
  readonly entries: number;
  /** All entries together. */
  readonly bytes: number;
}

const MEBIBYTE = 1024 * 1024;

/** The limits of the file in the state folder. */
export const STORE_LIMITS: StoreLimits = { entries: 50_000, bytes: 200 * MEBIBYTE };

/** After this many written bytes or milliseconds a writer prunes. */
export const PRUNE_AFTER = { bytes: 16 * MEBIBYTE, ms: 60_000 } as const;

/** Room is given back to the system in steps of this many pages, so that nobody waits for long. */
const PAGES_GIVEN_BACK = 4_096;

const OLDEST_BEYOND_COUNT = `DELETE FROM entry WHERE id IN (
  SELECT id FROM entry WHERE collection = ? AND expires_at IS NOT NULL
  ORDER BY stored_at DESC, id DESC LIMIT -1 OFFSET ?)`;
const OLDEST_OF_BYTES = `DELETE FROM entry WHERE id IN (
  SELECT id FROM (
    SELECT id, bytes, SUM(bytes) OVER (ORDER BY stored_at, id) AS so_far
    FROM entry WHERE collection = ? AND expires_at IS NOT NULL)
  WHERE so_far - bytes < ?)`;

/** Removes what has expired and what is too much: the oldest first, and from the largest collection. Within a transaction. */
export function prune(connection: DatabaseSync, limits: StoreLimits, now: number): void {
  connection.prepare('DELETE FROM entry WHERE expires_at <= ?').run(now);
  const beyond = connection.prepare(OLDEST_BEYOND_COUNT);
  for (const { collection } of sizes(connection)) beyond.run(collection, limits.entries);
  let excess = sizes(connection).reduce((sum, { bytes }) => sum + bytes, 0) - limits.bytes;
  while (excess > 0) {
    const [largest] = sizes(connection).toSorted((one, other) => other.bytes - one.bytes);
    if (largest === undefined || largest.bytes === 0) return;
    connection.prepare(OLDEST_OF_BYTES).run(largest.collection, Math.min(excess, largest.bytes));
    excess -= Math.min(excess, largest.bytes);
  }
}

/** Lets the file shrink. Outside of a transaction. */
export function giveBackRoom(connection: DatabaseSync): void {
  connection.exec(`PRAGMA incremental_vacuum(${PAGES_GIVEN_BACK})`);
}

/** What each collection holds that may be thrown out. */
function sizes(connection: DatabaseSync): { readonly collection: string; readonly bytes: number }[] {
  const rows = connection
    .prepare(
      'SELECT collection, SUM(bytes) AS bytes FROM entry WHERE expires_at IS NOT NULL GROUP BY collection ORDER BY collection',
    )
    .all();
  return rows.map(({ collection, bytes }) => ({ collection: String(collection), bytes: Number(bytes) }));
}
