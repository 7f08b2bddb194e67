import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { projectFolderOf } from './discover.ts';
import type { Keys } from './kinds.ts';
import { profileReferences } from './references.ts';
import { topLevelKeys } from './schema.ts';
import { valueAt, type Path, type Table } from './tables.ts';

const INDEX_PATHS: Path = ['context', 'rag', 'index_paths'];

/** More than anybody lists by hand; following each as far as it leads takes time. */
const MOST_INDEX_PATHS = 100;
const LONGEST_PATH = 4096;

/** The keys of a project file, not yet checked, that count only once the user trusts the file; also unknown ones. */
export async function keysNeedingTrust(values: Table, file: string): Promise<Path[]> {
  const keys: Keys = topLevelKeys;
  const found: Path[] = Object.keys(values)
    .filter((key) => !Object.hasOwn(keys, key) || keys[key]?.untrusted !== true)
    .map((key) => [key]);
  const indexed = valueAt(values, INDEX_PATHS);
  if (Array.isArray(indexed) && !(await allInside(indexed, projectFolderOf(file)))) found.push(INDEX_PATHS);
  return found;
}

/**
 * The keys of an untrusted file that name a profile which the user does not have. The file's own profiles do not
 * count, so neither do these; without this every command in a freshly cloned project would fail.
 */
export function keysNamingUnknownProfiles(values: Table, known: ReadonlySet<string>): Path[] {
  return profileReferences(values)
    .filter(({ path, name }) => path[0] !== 'profiles' && !known.has(name))
    .map(({ path }) => path);
}

async function allInside(paths: readonly unknown[], folder: string): Promise<boolean> {
  if (paths.length > MOST_INDEX_PATHS) return false;
  for (const path of paths) {
    if (typeof path === 'string' && !(await isInside(path, folder))) return false;
  }
  return true;
}

/** Follows links as far as the path exists: a link in the project may lead out of it. */
async function isInside(path: string, folder: string): Promise<boolean> {
  if (path.startsWith('~') || path.length > LONGEST_PATH) return false;
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
