import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { proxyLogFile } from '../../daemon/index.ts';
import { systemCodeOf } from '../../errors/index.ts';
import { ok, problem, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { nearestFolder } from '../nearest-folder.ts';

/** Whether the proxy can write its log. */
export async function checkLog({ facts }: Installation): Promise<Diagnosis[]> {
  const file = proxyLogFile(facts.directories.state);
  const size = await sizeOf(file);
  const place = size === undefined ? await nearestFolder(facts.directories.state) : file;
  try {
    if (size === null) throw new Error('it is not a file');
    await access(place, constants.W_OK);
  } catch (error) {
    return [
      problem('log', 'The log of the proxy cannot be written', {
        detail: `${place} ${size === null ? 'is not a file' : `is closed to you (${systemCodeOf(error)})`}.`,
        remedy: size === undefined ? `Make ${place} a folder that you may write to.` : `Remove ${file}.`,
      }),
    ];
  }
  return [ok('log', 'The log of the proxy can be written', size === undefined ? 'there is none yet' : file)];
}

/** In bytes; undefined when there is nothing, null for what is no file. */
async function sizeOf(file: string): Promise<number | undefined | null> {
  const facts = await stat(file).catch(() => undefined);
  return facts === undefined ? undefined : facts.isFile() ? facts.size : null;
}
