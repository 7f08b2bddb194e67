import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { failure } from '../../errors/index.ts';
import { createPrivateFile, securePrivateFile } from '../private-file.ts';
import { loadSqlite } from './load-sqlite.ts';
import { explainedSqliteError, isPassing } from './sqlite-error.ts';

/** How long it waits for another process, in milliseconds. Nobody holds a lock for longer than it takes to write a file. */
const WAIT_MS = 15_000;
const PAUSE_MS = 20;

/**
 * Does some work while no other process does work under the same lock file. The lock is one of the system's, held through
 * SQLite, so it ends with its process, however that ends; the file itself stays, and stays empty.
 */
export async function withExclusiveLock<Result>(lockFile: string, work: () => Promise<Result>): Promise<Result> {
  const { DatabaseSync } = await loadSqlite();
  await createPrivateFile(lockFile);
  await securePrivateFile(lockFile);
  const address = pathToFileURL(lockFile);
  address.searchParams.set('mode', 'rw');
  const connection = new DatabaseSync(address, { timeout: 0, allowExtension: false });
  try {
    await lock(connection, lockFile);
    return await work();
  } finally {
    connection.close();
  }
}

async function lock(connection: DatabaseSync, lockFile: string): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    try {
      // Else a journal would lie beside it, for which a full disk has no room and which a killed process leaves behind.
      connection.exec('PRAGMA journal_mode = MEMORY');
      connection.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (!isPassing(error)) throw explainedSqliteError(lockFile, error);
      if (performance.now() > deadline) throw busy(lockFile);
    }
    await sleep(PAUSE_MS);
  }
}

function busy(lockFile: string): Error {
  return failure(
    'state-locked',
    `another process has held ${lockFile} for a long time`,
    'Try again, or end the other Claudex command first.',
  );
}
