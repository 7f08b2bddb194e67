import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/source-files.ts';

/** The Nodes that the packed program is installed on; `supported` are the oldest that `engines` allows. */
export const NODE_VERSIONS: { readonly supported: readonly string[]; readonly refused: string } = JSON.parse(
  readFileSync(new URL('../node-versions.json', import.meta.url), 'utf8'),
);

/** The executable of one of {@link NODE_VERSIONS}. `npm run test:pack` has fetched it into the checkout's cache. */
export function nodeBinary(version: string): string {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const folder = `${prefix}-${process.platform}-${process.arch}`;
  const binary = join(ROOT, '.cache', 'node', version, 'node_modules', folder, 'bin', 'node');
  if (!existsSync(binary)) throw new Error(`${binary} is missing: start these tests by "npm run test:pack"`);
  return binary;
}
