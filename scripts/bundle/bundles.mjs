import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../support/checkout.mjs';

/**
 * What is bundled where.
 * @typedef {object} Bundle
 * @property {string} folder the package, whose `src` becomes its `lib`
 * @property {{readonly [output: string]: string}} entries source files by their place in `lib`, without ending
 * @property {readonly string[]} external packages that stay packages
 */

/**
 * Threads are started from a file beside the module that starts them. Such a pair must lie in one folder, so both are
 * entries: the code of an entry is in its own file or in one of the parts, and both are in `chunks`.
 */
const THREADS = [
  'state/sqlite/store-thread',
  'state/sqlite/store-worker',
  'proxy/tokens/token-counter',
  'proxy/tokens/token-worker',
];

/**
 * Not bundled: the SDK, of which there must be one copy for us and all plugins; native code; megabytes of tables that
 * only a thread reads; and what finds its files beside its own code.
 */
const PROGRAM_EXTERNAL = ['@claudex/*', '@napi-rs/keyring', 'ai-tokenizer', 'proxy-agent'];

/** @returns {Bundle[]} the program and every bundled plugin */
export function allBundles() {
  const plugins = globSync('plugins/*', { cwd: ROOT }).map((folder) => pluginBundle(join(ROOT, folder)));
  return [programBundle(ROOT), ...plugins];
}

/** One entry for each file that oclif loads by its name, one for `bin/run.js`, and the threads. */
function programBundle(folder) {
  const commands = globSync('{commands,hooks}/**/*.ts', { cwd: join(folder, 'src') });
  const named = commands.map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''));
  return {
    folder,
    external: PROGRAM_EXTERNAL,
    entries: {
      'program/run-program': source(folder, 'program/run-program'),
      ...Object.fromEntries(named.map((name) => [name, source(folder, name)])),
      ...Object.fromEntries(THREADS.map((name) => [`chunks/${basename(name)}`, source(folder, name)])),
    },
  };
}

/** One entry for each module that package.json exports. What a plugin says it depends on stays a package. */
function pluginBundle(folder) {
  const { exports, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const outputs = Object.values(exports).flatMap((target) => (target.default ? [target.default] : []));
  const names = outputs.map((output) => output.slice('./lib/'.length, -'.js'.length));
  return {
    folder,
    external: ['@claudex/sdk', ...Object.keys(dependencies)],
    entries: Object.fromEntries(names.map((name) => [name, source(folder, name)])),
  };
}

function source(folder, name) {
  return join(folder, 'src', `${name}.ts`);
}
