import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where compiled code is kept: in a folder of this user. Node's own choice is one that all users of a machine share, and
 * whoever makes it first could put code of theirs there.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined} Absent where the user has chosen one for all programs.
 */
export function compileCacheFolder(environment, platform) {
  if (environment['NODE_COMPILE_CACHE']) return undefined;
  const caches =
    environment['XDG_CACHE_HOME'] ||
    (platform === 'win32' && environment['LOCALAPPDATA']) ||
    join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
  return join(caches, 'claudex', 'compile-cache');
}
