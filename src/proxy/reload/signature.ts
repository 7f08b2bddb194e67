import { stat } from 'node:fs/promises';
import { systemCodeOf } from '../../errors/index.ts';

/** One text that differs when one of these files was written, replaced, created, removed or linked elsewhere. */
export async function signatureOf(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(markOf))).join('\n');
}

/** Follows links, so that it is the target that counts. */
async function markOf(file: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return systemCodeOf(error) ?? 'unknown';
  }
}
