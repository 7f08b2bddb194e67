import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../support/source-files.ts';
import { npm } from './npm.ts';

/** Packs the checkout, as publishing would, and returns the file. */
export async function packInto(folder: string): Promise<string> {
  await npm(process.execPath, ['pack', '--pack-destination', folder], ROOT, { HOME: folder });
  const file = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (file === undefined) throw new Error('npm pack left no tarball');
  return join(folder, file);
}

/** Paths inside a tarball, without the leading `package/`. */
export async function contentsOf(tarball: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('tar', ['-tzf', tarball], { maxBuffer: 16 << 20 });
  return stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}
