import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const DECLARATION = /\.d\.ts(?:\.map)?$/;

/**
 * The folders that `tsc -b` builds: the root and each plugin.
 * @param {string} root
 */
export function projectsOf(root) {
  const plugins = readdirSync(join(root, 'plugins'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [root, ...plugins.map((entry) => join(root, 'plugins', entry.name))];
}

/**
 * Removes what `tsc -b` would leave behind: declarations of sources that are gone, and the record of a build whose
 * outputs were deleted (it would think there is nothing to do).
 * @param {string} project
 */
export function removeStale(project) {
  const lib = join(project, 'lib');
  if (!existsSync(lib)) return removeRecords(project);
  for (const entry of readdirSync(lib, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !DECLARATION.test(entry.name)) continue;
    const output = join(entry.parentPath ?? entry.path, entry.name);
    const source = join(project, 'src', `${output.slice(lib.length + 1).replace(DECLARATION, '')}.ts`);
    if (!existsSync(source)) rmSync(output);
  }
}

/**
 * Removes everything a build made.
 * @param {string} project
 */
export function removeOutputs(project) {
  rmSync(join(project, 'lib'), { recursive: true, force: true });
  removeRecords(project);
}

function removeRecords(project) {
  for (const name of readdirSync(project)) {
    if (name.endsWith('.tsbuildinfo')) rmSync(join(project, name));
  }
}
