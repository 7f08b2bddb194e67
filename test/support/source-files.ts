import { readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Files that git tracks or would track, as paths from the root with `/`. */
export function trackedFiles(): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    },
  );
  return listed.split('\0').filter((file) => file !== '');
}

/** Every file below these folders of the root that has one of these endings, found without git's help. */
export function filesBelow(folders: readonly string[], endings: readonly string[]): string[] {
  const found: string[] = [];
  for (const folder of folders) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !endings.some((ending) => entry.name.endsWith(ending))) continue;
      found.push(relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
    }
  }
  return found.toSorted();
}

/** The folders `plugins/<name>`, by name. */
export function pluginFolders(): string[] {
  return readdirSync(join(ROOT, 'plugins'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
