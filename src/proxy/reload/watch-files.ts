import { FolderWatches } from './folder-watches.ts';
import { signatureOf } from './signature.ts';

/** How often it is looked for changes of which the system told nothing, in milliseconds. */
const POLL_MS = 1_000;
/** How long nothing may have changed before a change is told: whoever writes is done then, in milliseconds. */
const QUIET_MS = 100;
/** A file that never comes to rest is told nevertheless after so long, in milliseconds. */
const LONGEST_MS = 2_000;

/** Files that are being watched. */
export interface FileWatch {
  /** Watches these files instead. */
  follow(files: readonly string[]): void;
  close(): void;
}

/**
 * Calls `changed` after one of the files was edited, replaced, created, removed or linked elsewhere, once for changes
 * that come close together. Also calls it for files that are new to it, because they may have changed since they were
 * read. The files need not exist. Keeps no process alive.
 */
export function watchFiles(files: readonly string[], changed: () => void): FileWatch {
  return new Watching(files, changed);
}

class Watching implements FileWatch {
  readonly #changed: () => void;
  readonly #folders = new FolderWatches(() => void this.#look());
  readonly #poll = setInterval(() => void this.#look(), POLL_MS).unref();
  #files: readonly string[] = [];
  #seen: string | undefined;
  #isLooking = false;
  #lookAgain = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  /** When the first change was seen that has not been told yet. */
  #since: number | undefined;

  constructor(files: readonly string[], changed: () => void) {
    this.#changed = changed;
    this.follow(files);
  }

  follow(files: readonly string[]): void {
    if (this.#files.length === files.length && this.#files.every((file, at) => file === files[at])) return;
    this.#files = files;
    this.#seen = undefined;
    void this.#look();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#timer);
    this.#folders.close();
  }

  async #look(): Promise<void> {
    this.#lookAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#lookAgain && !this.#isClosed) {
      this.#lookAgain = false;
      const files = this.#files;
      const now = await signatureOf(files);
      if (files === this.#files) this.#compare(now);
    }
    this.#isLooking = false;
  }

  #compare(now: string): void {
    if (this.#isClosed || this.#seen === now) return;
    this.#seen = now;
    // What was replaced is watched anew, and what came into being is watched at all.
    this.#folders.follow(this.#files);
    this.#since ??= Date.now();
    if (this.#timer && Date.now() - this.#since >= LONGEST_MS) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tell(), QUIET_MS).unref();
  }

  async #tell(): Promise<void> {
    const timer = this.#timer;
    await this.#look();
    // Something changed once more meanwhile, and waits for its own time.
    if (this.#isClosed || (timer !== this.#timer && this.#timer !== undefined)) return;
    this.#timer = undefined;
    this.#since = undefined;
    this.#changed();
  }
}
