import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../errors/index.ts';
import { makePrivateFolder } from '../state/index.ts';

/**
 * Tells the other starters of a port that a process is on its way, so that they wait instead of starting their
 * own. A courtesy only: which process becomes the daemon is decided by who gets the socket. Returns how to
 * take the claim back, or `undefined` when somebody else holds one that is younger than `maxAgeMs`.
 */
export async function claimStart(
  stateFolder: string,
  port: number,
  maxAgeMs: number,
): Promise<(() => Promise<void>) | undefined> {
  const folder = join(stateFolder, 'daemons');
  const file = join(folder, `${port}.starting`);
  await makePrivateFolder(folder);
  if (await isOlderThan(file, maxAgeMs)) await rm(file, { force: true });
  try {
    await (await open(file, 'wx', 0o600)).close();
    return () => rm(file, { force: true });
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

/** Its starter must have died, or the clock was set. */
async function isOlderThan(file: string, maxAgeMs: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Math.abs(Date.now() - found.mtimeMs) > maxAgeMs;
}
