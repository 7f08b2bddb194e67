import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, systemCodeOf } from '../errors/index.ts';
import { loadSqlite } from './sqlite/load-sqlite.ts';
import { readVersion } from './sqlite/schema.ts';
import { isDamage, isPassing } from './sqlite/sqlite-error.ts';

/** How the file with the history is. */
export interface StoreHealth {
  readonly file: string;
  /** `too-new`: a later version of Claudex wrote it. `unusable`: it cannot be read, for the reason given. */
  readonly state: 'absent' | 'sound' | 'damaged' | 'too-new' | 'unusable';
  /** Size in bytes. */
  readonly bytes: number;
  readonly reason?: string;
}

/** A larger file is not read as a whole: nobody waits that long. */
const MOST_BYTES_READ = 64 * 1024 * 1024;
const BUSY_MS = 500;

/** Looks at the file with the history without changing anything. */
export async function inspectStateStore(stateFolder: string): Promise<StoreHealth> {
  const file = join(stateFolder, 'state.db');
  let bytes = 0;
  try {
    bytes = (await lstat(file)).size;
    return { file, bytes, ...(await look(file, bytes)) };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { file, bytes, state: 'absent' };
    if (isPassing(error)) return { file, bytes, state: 'sound', reason: 'another process is writing' };
    const state = isDamage(error) ? 'damaged' : 'unusable';
    return { file, bytes, state, reason: messageOf(error) };
  }
}

async function look(file: string, bytes: number): Promise<Pick<StoreHealth, 'state' | 'reason'>> {
  const { DatabaseSync } = await loadSqlite();
  const address = pathToFileURL(file);
  address.searchParams.set('mode', 'ro');
  const connection = new DatabaseSync(address, { readOnly: true, timeout: BUSY_MS, allowExtension: false });
  try {
    const { known, found } = readVersion(connection);
    if (found > known) return { state: 'too-new', reason: `format ${found}, this version knows ${known}` };
    if (bytes > MOST_BYTES_READ) return { state: 'sound' };
    const [result] = Object.values(connection.prepare('PRAGMA quick_check(1)').get() ?? {});
    return result === 'ok' ? { state: 'sound' } : { state: 'damaged', reason: String(result) };
  } finally {
    connection.close();
  }
}
