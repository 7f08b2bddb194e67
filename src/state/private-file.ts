import { constants } from 'node:fs';
import { lstat, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { failure, systemCodeOf } from '../errors/index.ts';

/** Creates a folder that only its owner may enter. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/**
 * Writes a whole file or nothing, readable by its owner only. Creates its folder when needed. Refuses to write
 * through a link, which might lead anywhere.
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(file));
  if (await isLink(file)) throw linkRefused(file);
  await writeFileAtomic(file, text, { mode: 0o600, encoding: 'utf8' });
}

/** Reads a file without following a link at its end; `undefined` when it does not exist. */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  let handle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    return await handle.readFile('utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw linkRefused(file);
    throw error;
  } finally {
    await handle?.close();
  }
}

async function isLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function linkRefused(file: string): Error {
  return failure('state-file-is-a-link', `${file} is a symbolic link`, 'Remove the link; Claudex writes its own file.');
}
