import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, systemCodeOf } from '../errors/index.ts';
import { makePrivateFolder, readPrivateFile } from './private-file.ts';

/**
 * The local proxy's bearer token, created once per install. Safe when several processes start at once: the
 * first to link its finished file into place wins, and everybody reads that one.
 */
export async function readOrCreateProxyToken(stateFolder: string): Promise<string> {
  const file = join(stateFolder, 'proxy-token');
  const existing = await readPrivateFile(file);
  if (existing !== undefined) return checked(existing, file);
  await makePrivateFolder(stateFolder);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return checked((await readPrivateFile(file)) ?? '', file);
}

function checked(text: string, file: string): string {
  const token = text.trim();
  if (!/^[\x21-\x7e]{16,}$/.test(token)) {
    throw failure(
      'proxy-token-damaged',
      `${file} does not hold a token`,
      `Delete ${file}; a new token is made at the next start.`,
    );
  }
  return token;
}
