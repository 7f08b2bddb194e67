import { mkdir, rename, rmdir, stat } from 'node:fs/promises';
import { systemCodeOf } from '../../errors/index.ts';
import { oldLogFile } from './log-file.ts';

/** A claim this old was left by a process that died, in milliseconds. */
const ABANDONED_MS = 10_000;

/** Which file on which disk. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

/** What a name stands for now, and how large it is; `undefined` when nothing has it. */
export async function fileNamed(file: string): Promise<(FileIdentity & { readonly size: number }) | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether both are the same file. */
export function isSameFile(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/**
 * Moves every file of the log one place further and the current one to the first; the oldest of `keep` is overwritten.
 * Does nothing when another process is at it, or when the name stands for another file than `full` by now.
 */
export async function rotate(file: string, keep: number, full: FileIdentity): Promise<void> {
  const lock = `${file}.lock`;
  if (!(await claim(lock))) return;
  try {
    if (isSameFile(await fileNamed(file), full)) await moveAll(file, keep);
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}

/** Whether nobody else is at it. On a full disk there is no room for a claim, and moving files makes some. */
async function claim(lock: string): Promise<boolean> {
  try {
    await mkdir(lock, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') return true;
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rmdir(lock).catch(() => undefined);
    return false;
  }
}

async function moveAll(file: string, keep: number): Promise<void> {
  for (let age = keep - 1; age >= 0; age -= 1) {
    try {
      await rename(oldLogFile(file, age), oldLogFile(file, age + 1));
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error;
    }
  }
}
