import { delimiter, join, resolve } from 'node:path';
import { isWindows, ROOT } from './checkout.mjs';
import { run } from './run.mjs';
import { ScriptError } from './script-error.mjs';

const LINES_SHOWN = 12;
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network|SELF_SIGNED|CERT_/i;

/**
 * Runs the user's own npm. The one below node_modules is kept out of its way: `npm ci` deletes that folder, and
 * with it the npm and the Node that would be doing it.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function runNpm(args, cwd) {
  // On Windows npm is a script that only a shell can start.
  return run('npm', args, { cwd, quiet: true, shell: isWindows, env: withoutProjectBins(process.env) });
}

/**
 * The error for an npm that failed: what it was for, why as far as we know, and what it said first.
 * @param {string} purpose e.g. `install the packages of this checkout`
 * @param {string} output
 */
export function npmError(purpose, output) {
  // The first errors tell why; what follows is a list of options or the place of a log.
  const errors = output.split('\n').filter((line) => /^npm (?:error|ERR!)/.test(line));
  const said = (errors.length > 0 ? errors : output.trim().split('\n')).slice(0, LINES_SHOWN).join('\n');
  const remedy = UNREACHABLE.test(output)
    ? 'It could not reach the package registry. Check the network, HTTPS_PROXY and "npm config get registry", then run this again.'
    : 'The lines above say why. Run this again when it is cured.';
  return new ScriptError(`npm could not ${purpose}.\n\n${said}\n\n${remedy}`);
}

/**
 * The environment without this checkout's own programs on PATH.
 * @param {NodeJS.ProcessEnv} environment
 */
export function withoutProjectBins(environment) {
  const own = join(ROOT, 'node_modules');
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const kept = (environment[name] ?? '').split(delimiter).filter((folder) => !resolve(folder).startsWith(own));
  return { ...environment, [name]: kept.join(delimiter) };
}
