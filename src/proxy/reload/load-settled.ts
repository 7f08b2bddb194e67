import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadedConfiguration } from '../../config/index.ts';
import { usageError } from '../../errors/index.ts';
import { signatureOf } from './signature.ts';

/** Between emptying a file and writing to it a writer on a busy machine may need so long, in milliseconds. */
const GRACE_MS = 1_000;

/**
 * Loads the configuration again. Throws what is wrong with its files; `undefined` when one of them was written
 * meanwhile, so that it may have been read half done. `good` is what was loaded before.
 */
export async function loadSettled(
  load: () => Promise<LoadedConfiguration>,
  good: LoadedConfiguration,
): Promise<LoadedConfiguration | undefined> {
  const before = await signatureOf(good.watched);
  const [result] = await Promise.allSettled([refuseEmptied(good).then(load)]);
  if (before !== (await signatureOf(good.watched))) return undefined;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

/** A file that lost its whole content was not edited but damaged: by a full disk, or by a writer that broke off. */
async function refuseEmptied({ layers }: LoadedConfiguration): Promise<void> {
  for (const { file, values } of layers) {
    if (file === undefined || Object.keys(values).length === 0 || !(await isEmpty(file))) continue;
    await pause(GRACE_MS, undefined, { ref: false });
    throw usageError(
      'config-emptied',
      `${file} is empty now, so what it said before still counts`,
      'Restore it, or remove it if that is meant.',
    );
  }
}

async function isEmpty(file: string): Promise<boolean> {
  try {
    const facts = await stat(file);
    return facts.isFile() && facts.size === 0;
  } catch {
    return false;
  }
}
