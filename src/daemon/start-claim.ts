import { lstat, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../errors/index.ts';
import { makePrivateFolder, readPrivateFile } from '../state/index.ts';
import { processExists } from './process-exists.ts';

/** How long a starter may take from making its claim to writing its number into it, in milliseconds. */
const BEGINNING_MS = 1_000;

/**
 * Tells the other starters of a port that a process is on its way, so that they wait instead of starting their
 * own. A courtesy only: which process becomes the daemon is decided by who gets the socket, so that one who cannot
 * write a claim, as on a full disk, goes on without. Returns how to take the claim back, or `undefined` when somebody
 * else, who still runs, holds one that is younger than `maxAgeMs`. Never rejects.
 */
export async function claimStart(
  stateFolder: string,
  port: number,
  maxAgeMs: number,
): Promise<(() => Promise<void>) | undefined> {
  const file = join(stateFolder, 'daemons', `${port}.starting`);
  try {
    await makePrivateFolder(dirname(file));
    if (await isAbandoned(file, maxAgeMs)) await rm(file, { force: true });
    await writeClaim(file);
    return () => removeIfPossible(file);
  } catch (error) {
    return systemCodeOf(error) === 'EEXIST' ? undefined : () => Promise.resolve();
  }
}

async function writeClaim(file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(String(process.pid));
  } catch (error) {
    // Others would wait for the number of its owner.
    await removeIfPossible(file);
    throw error;
  } finally {
    await handle.close();
  }
}

/** A claim that stays is ignored by others as soon as this process is gone. */
async function removeIfPossible(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

/**
 * Its starter has died, or hangs, or the clock was set, or it is none of ours. A number that is another process by now
 * only costs the wait.
 */
async function isAbandoned(file: string, maxAgeMs: number): Promise<boolean> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return false;
  const ageMs = Math.abs(Date.now() - found.mtimeMs);
  if (ageMs > maxAgeMs) return true;
  const text = await readPrivateFile(file).catch(() => 'not to be read');
  if (text === undefined) return false;
  if (text === '') return ageMs > BEGINNING_MS;
  const starter = Number(text);
  return !Number.isInteger(starter) || starter <= 0 || !processExists(starter);
}
