import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether the packages in node_modules are the ones of package-lock.json. Our own stamp says so at once; without
 * it, as after somebody's own `npm ci`, npm's record of what it installed is compared.
 * @param {string} root
 */
export function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules'))) return false;
  const stamp = stampPath(root);
  const stamped = existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hashOfLock(root);
  return stamped || agrees(root);
}

/**
 * Records that the packages of the current lockfile are installed.
 * @param {string} root
 */
export function markInstalled(root) {
  writeFileSync(stampPath(root), `${hashOfLock(root)}\n`);
}

function agrees(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readPackages(record);
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(([path, locked]) => {
    const found = installed[path];
    if (path === '') return true;
    // Packages for other platforms are locked but not installed.
    if (found === undefined) return locked.optional === true || locked.devOptional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function hashOfLock(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function stampPath(root) {
  return join(root, 'node_modules', '.claudex-setup');
}
