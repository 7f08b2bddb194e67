import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCodeOf } from '../../errors/index.ts';

/** Damaged files that are kept, besides the newest. */
const KEPT = 1;

/**
 * Gives a damaged database another name, with what lies beside it, and tells `warn`. Does nothing when another process has
 * done it: then the file of this name is not the one with this inode any more.
 */
export async function moveAside(file: string, inode: number, warn: (message: string) => void): Promise<void> {
  await forgetOldOnes(file);
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    if ((await stat(file)).ino !== inode) return;
    await rename(file, aside);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  await Promise.all(['-wal', '-shm'].map((ending) => renameIfThere(`${file}${ending}`, `${aside}${ending}`)));
  warn(`${file} was damaged; it is kept as ${basename(aside)}, and a new one was begun.`);
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}

/** A disk that damages one file after the other must not be filled with them. */
async function forgetOldOnes(file: string): Promise<void> {
  const start = `${basename(file)}.damaged-`;
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(start)).toSorted();
  const databases = names.filter((name) => !/-(?:wal|shm)$/.test(name));
  const kept = databases.slice(-KEPT);
  const old = names.filter((name) => !kept.some((newest) => name.startsWith(newest)));
  await Promise.all(old.map((name) => rm(join(dirname(file), name), { force: true })));
}
