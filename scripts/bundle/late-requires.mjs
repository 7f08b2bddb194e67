import { readFile } from 'node:fs/promises';
import { rewriteOclif } from './oclif-rewrites.mjs';

const COMPILED = /@oclif[\\/]core[\\/]lib[\\/].*\.js$/;
const REQUIRE = /^const (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;

/**
 * Lets the modules of oclif load each other when they use each other. Its entry reaches everything it can do, help,
 * spinners and the search for TypeScript included, of which a command needs little. The compiler that made these files
 * writes every `require` in one form; where it does not any more, nothing changes.
 * @type {import('esbuild').Plugin}
 */
export const lateRequiresPlugin = {
  name: 'late-requires',
  setup(build) {
    build.onLoad({ filter: COMPILED }, async ({ path }) => ({
      contents: withLateRequires(rewriteOclif(path, await readFile(path, 'utf8'))),
    }));
  },
};

/** @param {string} text */
export function withLateRequires(text) {
  const names = [...text.matchAll(REQUIRE)].map(([, name]) => name);
  if (names.length === 0) return text;
  const uses = new RegExp(String.raw`(?<![\w$.])(?:${names.join('|')})(?=\.)`, 'g');
  return text
    .replaceAll(uses, (name) => `(${name}())`)
    .replaceAll(REQUIRE, (_, name, loading) => `let ${name}$; const ${name} = () => (${name}$ ??= ${loading});`);
}
