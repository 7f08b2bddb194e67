import { join } from 'node:path';
import { ROOT } from '../support/checkout.mjs';

/** Rooms that nearly every command uses, and those of "run": in files of their own they would cost it the most. */
const ROOMS = ['errors', 'state', 'config', 'registry', 'router', 'terminal', 'daemon', 'launcher'];

const SOURCE = join(ROOT, 'src');
const SHELF = 'claudex:shelf';
const COMMAND = /[\\/]src[\\/]commands[\\/].*\.ts$/;

/**
 * Puts the rooms that nearly every command uses into one file. esbuild makes a file for each set of entries that share
 * something, which would be dozens of files per command; so all who run inside a command share all of it.
 * @type {import('esbuild').Plugin}
 */
export const shelfPlugin = {
  name: 'shelf',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${SHELF}$`) }, () => ({ path: SHELF, namespace: 'shelf' }));
    build.onLoad({ filter: /./, namespace: 'shelf' }, () => ({
      contents: ROOMS.map((room) => `import './${room}/index.ts';`).join('\n'),
      resolveDir: SOURCE,
    }));
  },
};

/**
 * Whether a module needs the shelf: a command, or a module of ours that commands load while they run.
 * @param {string} file
 * @param {ReadonlySet<string>} loadedLater
 */
export function takesFromShelf(file, loadedLater) {
  return COMMAND.test(file) || (loadedLater.has(file) && file.startsWith(SOURCE));
}

/** The statement with which it takes it. */
export const TAKE_FROM_SHELF = `\nimport '${SHELF}';\n`;
