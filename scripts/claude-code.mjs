import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CACHE, isWindows } from './support/checkout.mjs';
import { fetchPackage } from './support/fetch-package.mjs';
import { withoutProjectBins } from './support/npm.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { run } from './support/run.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';

/** The version that everything here is tested with; its one home is the JSON file. */
const PINNED = JSON.parse(readFileSync(new URL('claude-code-version.json', import.meta.url), 'utf8'));
const PLATFORMS = new Set([
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64',
  'linux-arm64-musl',
  'linux-x64',
  'linux-x64-musl',
  'win32-arm64',
  'win32-x64',
]);
const PROGRAM = isWindows ? 'claude.exe' : 'claude';
const START_LIMIT_MS = 30_000;

/**
 * Finds a Claude Code to run: the user's own where that is allowed, else the pinned version, which is fetched
 * once into the checkout's cache.
 * @param {{allowPath: boolean, tell?: (line: string) => void}} options
 * @returns {Promise<{path: string, version: string, from: 'PATH' | 'cache'}>}
 */
export async function findClaudeCode({ allowPath, tell = tellOnStderr }) {
  const own = allowPath ? await findOnPath(withoutProjectBins(process.env)) : undefined;
  return own ?? fetchPinned(tell);
}

/**
 * The package that holds the program for a platform, e.g. `@anthropic-ai/claude-code-linux-x64-musl`.
 * @param {{platform: string, arch: string, isMusl: boolean}} machine
 */
export function platformPackage({ platform, arch, isMusl }) {
  const name = `${platform}-${arch}${isMusl ? '-musl' : ''}`;
  if (PLATFORMS.has(name)) return `${PINNED.package}-${name}`;
  throw new ScriptError(
    `Claude Code has no package for ${name}. Install it in another way, so that "claude" is on PATH.`,
  );
}

async function findOnPath(environment) {
  const path = Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const candidates = folders.map((folder) => join(folder, PROGRAM));
  const found = candidates.find(isProgram);
  const version = found === undefined ? undefined : await versionOf(found);
  return version === undefined ? undefined : { path: found, version, from: 'PATH' };
}

async function fetchPinned(tell) {
  const { version, megabytes } = PINNED;
  const name = platformPackage({ platform: process.platform, arch: process.arch, isMusl: usesMusl() });
  const announce = () =>
    tell(`Fetching Claude Code ${version} (about ${megabytes} MB, once, into .cache of this checkout) …`);
  const place = await fetchPackage({ name, version, folder: join(CACHE, 'claude-code'), announce });
  const path = join(place, PROGRAM);
  const actual = await versionOf(path);
  if (actual === version) return { path, version, from: 'cache' };
  throw new ScriptError(
    `${path} does not start as Claude Code ${version}. Remove ${join(CACHE, 'claude-code')} and run this again.`,
  );
}

async function versionOf(path) {
  const { code, output } = await run(path, ['--version'], { quiet: true, limitMs: START_LIMIT_MS });
  return code === 0 ? /\d+\.\d+\.\d+/.exec(output)?.[0] : undefined;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function usesMusl() {
  return process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
}

await runAsProgram(import.meta.url, async () => {
  const { path } = await findClaudeCode({ allowPath: false });
  process.stdout.write(`${path}\n`);
});
