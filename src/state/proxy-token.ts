import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { failure } from '../errors/index.ts';
import { readPrivateFile, writeNewPrivateFile } from './private-file.ts';

/** The local proxy's bearer token; `undefined` where no command has needed one yet. Fails with `proxy-token-damaged`. */
export async function readProxyToken(stateFolder: string): Promise<string | undefined> {
  const file = fileIn(stateFolder);
  const existing = await readPrivateFile(file);
  return existing === undefined ? undefined : checked(existing, file);
}

/**
 * The local proxy's bearer token, created once per install. Safe when several processes start at once: the
 * first to put its finished file into place wins, and everybody reads that one. Fails with `proxy-token-damaged`, or
 * with `state-unusable` where there is none and none can be written.
 */
export async function readOrCreateProxyToken(stateFolder: string): Promise<string> {
  const existing = await readProxyToken(stateFolder);
  if (existing !== undefined) return existing;
  const file = fileIn(stateFolder);
  await writeNewPrivateFile(file, `${randomBytes(32).toString('hex')}\n`);
  return checked((await readPrivateFile(file)) ?? '', file);
}

function fileIn(stateFolder: string): string {
  return join(stateFolder, 'proxy-token');
}

function checked(text: string, file: string): string {
  const token = text.trim();
  // A longer one would fit into no header.
  if (!/^[\x21-\x7e]{16,1024}$/.test(token)) {
    throw failure(
      'proxy-token-damaged',
      `${file} does not hold a token`,
      `Delete ${file}; a new token is made at the next start.`,
    );
  }
  return token;
}
