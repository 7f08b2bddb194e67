import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmError, runNpm } from './npm.mjs';

const ABANDONED_MS = 60 * 60 * 1000;

/**
 * Fetches one package into `<folder>/<version>` unless it is there, without running its install scripts. It
 * appears there complete or not at all, also when two of us fetch at once: npm works in a folder beside it,
 * which is then renamed, and the first one wins.
 * @param {{name: string, version: string, folder: string, announce: () => void}} wanted
 * @returns {Promise<string>} the folder of the package
 */
export async function fetchPackage({ name, version, folder, announce }) {
  const home = join(folder, version);
  const place = join(home, 'node_modules', ...name.split('/'));
  if (existsSync(join(place, 'package.json'))) return place;
  announce();
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const attempt = await mkdtemp(join(folder, '.fetching-'));
  try {
    await writeFile(join(attempt, 'package.json'), '{"private":true}\n');
    const args = [
      'install',
      `${name}@${version}`,
      '--prefix',
      attempt,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-save',
    ];
    const { code, output } = await runNpm(args, attempt);
    if (code !== 0) throw npmError(`fetch ${name}@${version}`, output);
    await moveInto(home, place, attempt);
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
  return place;
}

async function moveInto(home, place, attempt) {
  // A folder without the package is a leftover that would be in the way of the rename.
  if (!existsSync(join(place, 'package.json'))) await rm(home, { recursive: true, force: true });
  try {
    await rename(attempt, home);
  } catch (error) {
    if (!existsSync(join(place, 'package.json'))) throw error;
  }
}

async function removeAbandoned(folder) {
  const names = (await readdir(folder)).filter((name) => name.startsWith('.fetching-'));
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}
