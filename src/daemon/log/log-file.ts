import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, messageOf, systemCodeOf } from '../../errors/index.ts';

/** Files that are kept beside the current one: `proxy.log.1` is the newest of them. */
export const OLD_LOG_FILES = 5;

/** A file of the log that has reached this size is moved away. */
export const LOG_FILE_BYTES = 10 * 1024 * 1024;

/** The one log file of the proxy; those before it have a number behind the name. */
export function proxyLogFile(stateFolder: string): string {
  return join(stateFolder, 'proxy.log');
}

/** The name under which the `age`-th file before the current one is kept; 0 is the current one. */
export function oldLogFile(file: string, age: number): string {
  return age === 0 ? file : `${file}.${age}`;
}

/**
 * Opens the log to append to it, for its owner only. Never follows a link, and does not wait for a reader where somebody
 * has put a pipe. Fails with `log-unusable`.
 */
export async function openLog(file: string): Promise<FileHandle> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return await onlyFile(await open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600));
  } catch (error) {
    throw unusable(file, systemCodeOf(error) ?? messageOf(error), error);
  }
}

/** Opens a file of the log to read it; `undefined` when there is none. Fails with `log-unusable` for a link or a pipe. */
export async function openLogToRead(file: string): Promise<FileHandle | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return await onlyFile(await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw unusable(file, systemCodeOf(error) ?? messageOf(error), error);
  }
}

async function onlyFile(handle: FileHandle): Promise<FileHandle> {
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new Error('not a file');
    // Somebody may have made it by hand.
    if ((facts.mode & 0o077) !== 0) await handle.chmod(0o600);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function unusable(file: string, reason: string, cause: unknown): Error {
  return failure('log-unusable', `the log ${file} cannot be used (${reason})`, `Remove ${file}.`, cause);
}
