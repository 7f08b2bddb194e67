import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder for every test of the suite it is called in, by its real path. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = makeTemporaryFolder();
  });
  afterEach(() => removeFolder(folder));
  return () => folder;
}

/** Makes an empty folder and returns its real path. */
export function makeTemporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'claudex-test-')));
}

/** Removes a folder with everything in it, if it is there. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
