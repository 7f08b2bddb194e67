import { dirname } from 'node:path';
import { pathExists } from './path-exists.ts';

/** The folder itself where it exists, else the nearest one above it that does. */
export async function nearestFolder(folder: string): Promise<string> {
  let path = folder;
  while (!(await pathExists(path)) && dirname(path) !== path) path = dirname(path);
  return path;
}
