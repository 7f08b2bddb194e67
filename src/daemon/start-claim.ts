import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../errors/index.ts';
import { makePrivateFolder, readPrivateFile } from '../state/index.ts';
import { processExists } from './process-exists.ts';

/**
 * Tells the other starters of a port that a process is on its way, so that they wait instead of starting their
 * own. A courtesy only: which process becomes the daemon is decided by who gets the socket. Returns how to
 * take the claim back, or `undefined` when somebody else, who still runs, holds one that is younger than `maxAgeMs`.
 */
export async function claimStart(
  stateFolder: string,
  port: number,
  maxAgeMs: number,
): Promise<(() => Promise<void>) | undefined> {
  const folder = join(stateFolder, 'daemons');
  const file = join(folder, `${port}.starting`);
  await makePrivateFolder(folder);
  if (await isAbandoned(file, maxAgeMs)) await rm(file, { force: true });
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(String(process.pid));
    } finally {
      await handle.close();
    }
    return () => rm(file, { force: true });
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

/** Its starter has died, or hangs, or the clock was set. A number that is another process by now only costs the wait. */
async function isAbandoned(file: string, maxAgeMs: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return false;
  if (Math.abs(Date.now() - found.mtimeMs) > maxAgeMs) return true;
  const starter = Number(await readPrivateFile(file).catch(() => undefined));
  // One that has not written its number yet has only begun.
  return Number.isInteger(starter) && starter > 0 && !processExists(starter);
}
