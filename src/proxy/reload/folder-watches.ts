import { realpathSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Most folders that are watched; the system has few watches to give, and they are shared by all programs. */
const MAX_FOLDERS = 64;

/**
 * Hears of changes in the folders of some files, as far as the system tells. It watches folders, because a file that is
 * replaced by another one is lost to those who watched the file. What cannot be watched is left out without a word.
 */
export class FolderWatches {
  readonly #heard: () => void;
  #watchers: FSWatcher[] = [];

  constructor(heard: () => void) {
    this.#heard = heard;
  }

  /** Watches for these files from now on, and for no others. */
  follow(files: readonly string[]): void {
    this.close();
    for (const [folder, names] of [...namesByFolder(files)].slice(0, MAX_FOLDERS)) this.#watch(folder, names);
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }

  #watch(folder: string, names: ReadonlySet<string>): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.has(name)) this.#heard();
      });
      watcher.on('error', () => watcher.close());
      this.#watchers.push(watcher);
    } catch {
      // Not there, not readable, or no watch is left: whoever uses this looks for changes now and then anyway.
    }
  }
}

/** Which names in which folder matter: the files, their folders, and what the files are links to. */
function namesByFolder(files: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (path: string): void => {
    const folder = dirname(path);
    found.set(folder, (found.get(folder) ?? new Set()).add(basename(path)));
  };
  for (const file of files) {
    add(file);
    const target = targetOf(file);
    if (target !== undefined && target !== file) add(target);
  }
  for (const file of files) add(dirname(file));
  return found;
}

function targetOf(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
