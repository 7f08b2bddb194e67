import { sep } from 'node:path';
import { ScriptError } from '../support/script-error.mjs';

/** Ids of commands are such words; for them the order of their codes is the one of every language. */
const BY_ID = `(/^[a-z:-]+$/.test(a.id + b.id) ? (a.id < b.id ? -1 : Number(a.id > b.id)) : a.id.localeCompare(b.id))`;

/**
 * What costs most in the modules of oclif when a command starts, and what does the same for less, by the name of the
 * module.
 * @type {{readonly [module: string]: readonly {readonly from: string, readonly to: string}[]}}
 */
const REWRITES = {
  'config/config.js': [
    // Every command loads the configuration again, in case it was loaded by another copy of oclif.
    { from: 'if (isConfig(opts)) {', to: 'if (opts instanceof Config) return opts;\nif (isConfig(opts)) {' },
  ],
  'config/plugin.js': [
    // The first comparison of texts in a language reads the tables of all languages: 8 ms.
    { from: 'a.id.localeCompare(b.id)', to: BY_ID },
  ],
  'util/fs.js': [
    // A small file is read at once in a tenth of the time that handing it to another thread costs.
    { from: 'await (0, promises_1.readFile)(path', to: '(0, node_fs_1.readFileSync)(path' },
  ],
  'util/os.js': [
    // A file of its own for two lines, loaded by every command.
    { from: "await import('wsl-utils')", to: "require('wsl-utils')" },
  ],
};

/**
 * Puts the rewrites into a module of oclif. Fails the build where the module is not the one they were written for.
 * @param {string} path
 * @param {string} text
 */
export function rewriteOclif(path, text) {
  const name = path.split(`core${sep}lib${sep}`)[1]?.replaceAll(sep, '/') ?? '';
  return (REWRITES[name] ?? []).reduce((whole, { from, to }) => {
    if (!whole.includes(from)) throw new ScriptError(`"${from}" is not in ${path}; see oclif-rewrites.mjs.`);
    return whole.replaceAll(from, () => to);
  }, text);
}
