import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { projectFolderOf } from './discover.ts';
import type { Keys } from './kinds.ts';
import type { Table } from './layers.ts';
import { profileNamesOf, profileReferences } from './references.ts';
import { topLevelKeys } from './schema.ts';
import { valueAt, type Path } from './tables.ts';

const INDEX_PATHS: Path = ['context', 'rag', 'index_paths'];

/** The keys of a project file, not yet checked, that count only once the user trusts the file. */
export async function keysNeedingTrust(values: Table, file: string): Promise<Path[]> {
  const keys: Keys = topLevelKeys;
  const found: Path[] = Object.keys(values)
    .filter((key) => Object.hasOwn(keys, key) && keys[key]?.untrusted !== true)
    .map((key) => [key]);
  const indexed = valueAt(values, INDEX_PATHS);
  if (Array.isArray(indexed) && !(await allInside(indexed, projectFolderOf(file)))) found.push(INDEX_PATHS);
  return found;
}

/**
 * The keys of an untrusted file that name a profile which only this file defines. Its profiles do not count, so
 * neither do these; without this every command in a freshly cloned project would fail.
 */
export function keysNamingOwnProfiles(whole: Table, known: ReadonlySet<string>): Path[] {
  const own = profileNamesOf(whole);
  return profileReferences(whole)
    .filter(({ path, name }) => path[0] !== 'profiles' && own.has(name) && !known.has(name))
    .map(({ path }) => path);
}

async function allInside(paths: readonly unknown[], folder: string): Promise<boolean> {
  for (const path of paths) {
    if (typeof path === 'string' && !(await isInside(path, folder))) return false;
  }
  return true;
}

/** Follows links as far as the path exists: a link in the project may lead out of it. */
async function isInside(path: string, folder: string): Promise<boolean> {
  if (path.startsWith('~')) return false;
  const target = resolve(folder, path);
  if (!isBelow(target, resolve(folder))) return false;
  return isBelow(await realpathSoFar(target), await realpath(folder));
}

async function realpathSoFar(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = resolve(path, '..');
    return parent === path ? path : join(await realpathSoFar(parent), relative(parent, path));
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
