import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { failure, systemCodeOf } from '../errors/index.ts';

/**
 * Writes a whole file or nothing where the user wants it, readable by its owner only; the folder is left as it is. Where
 * there is something already, that is replaced with `overwrite`, else nothing is written and the answer is false.
 */
export async function writeExportedFile(file: string, text: string, overwrite: boolean): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    if (!overwrite && (await isThere(file))) return false;
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    if (overwrite) await rename(draft, file);
    else await link(draft, file);
    return true;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EEXIST' && !overwrite) return false;
    throw failure(
      'file-not-written',
      `${file} cannot be written (${code ?? 'unknown'})`,
      'Name a file in a folder that exists and that you may write to.',
      error,
    );
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
