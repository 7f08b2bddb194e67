import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createPrivateFile, securePrivateFile } from '../private-file.ts';
import { loadSqlite } from './load-sqlite.ts';
import { moveAside } from './move-aside.ts';
import { prepareSchema } from './schema.ts';
import { explainedSqliteError, isDamage, isPassing } from './sqlite-error.ts';

/** An open file that is ours. */
export interface OpenDatabase {
  readonly connection: DatabaseSync;
  /** What tells this file from another one of the same name. */
  readonly inode: number;
}

/** How a database is opened. */
export interface OpenSettings {
  readonly warn: (message: string) => void;
  /** How long a call waits for other processes that write, in milliseconds. */
  readonly busyMs: number;
}

/** How long it tries while others are opening, moving or making the file, in milliseconds. */
const OPEN_MS = 3_000;
const PAUSE_MS = 40;

/**
 * Opens the database of a state folder, makes it when there is none, and moves a damaged one out of the way first; `warn` is
 * told then. Fails with `state-too-new`, `state-unusable` or what {@link securePrivateFile} refuses.
 */
export async function openDatabase(file: string, { warn, busyMs }: OpenSettings): Promise<OpenDatabase> {
  const deadline = performance.now() + OPEN_MS;
  for (;;) {
    let inode: number | undefined;
    try {
      await createPrivateFile(file);
      // Files beside the database can only be checked: SQLite makes them as the database is.
      await Promise.all([`${file}-wal`, `${file}-shm`].map(securePrivateFile));
      inode = (await securePrivateFile(file))?.ino;
      if (inode !== undefined) return { connection: await connect(file, busyMs), inode };
    } catch (error) {
      if (performance.now() > deadline || !(isDamage(error) || isPassing(error)))
        throw explainedSqliteError(file, error);
      if (isDamage(error) && inode !== undefined) await moveAside(file, inode, warn);
    }
    await sleep(PAUSE_MS);
  }
}

async function connect(file: string, busyMs: number): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadSqlite();
  const address = pathToFileURL(file);
  // SQLite must not make the file: it would be open to others, depending on the umask.
  address.searchParams.set('mode', 'rw');
  const connection = new DatabaseSync(address, { timeout: busyMs, allowExtension: false });
  try {
    prepareSchema(connection, file);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
