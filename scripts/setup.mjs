import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { isWindows, ROOT } from './support/checkout.mjs';
import { isInstalled, markInstalled } from './support/installed.mjs';
import { npmError, runNpm } from './support/npm.mjs';
import { environmentFor, projectNode } from './support/project-node.mjs';
import { step, tellOnStderr } from './support/progress.mjs';
import { run } from './support/run.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';

const LOWEST_NODE = 20;

/**
 * Makes a fresh clone ready: packages, the Node to run them on, the build. Does only what is missing, and says
 * nothing when that is nothing.
 * @param {(line: string) => void} [tell]
 * @returns {Promise<{node: string, environment: NodeJS.ProcessEnv}>} the project's Node and the environment for
 * whatever runs on it
 */
export async function setUp(tell = tellOnStderr) {
  checkNode(process.versions.node);
  if (!isInstalled(ROOT)) {
    await checkPrograms();
    await step('[1/3] Installing packages', install, tell);
  }
  const node = await projectNode((line) => tell(`[2/3] ${line}`));
  const wasBuilt = existsSync(join(ROOT, 'lib'));
  await (wasBuilt ? build(node) : step('[3/3] Building', () => build(node), tell));
  return { node, environment: environmentFor(node) };
}

/**
 * Refuses a Node that cannot even run the set-up. Everything after the set-up runs on the project's own Node.
 * @param {string} version
 */
export function checkNode(version) {
  if (Number(version.split('.')[0]) >= LOWEST_NODE) return;
  throw new ScriptError(
    `Setting up needs Node ${LOWEST_NODE} or newer, but this is Node ${version}. Install the current release from https://nodejs.org.`,
  );
}

async function checkPrograms() {
  for (const program of ['npm', 'git']) {
    const { code } = await run(program, ['--version'], { quiet: true, shell: isWindows });
    if (code !== 0)
      throw new ScriptError(`Setting up needs ${program}, but it is not on PATH. Install it and run this again.`);
  }
}

async function install() {
  const { code, output } = await runNpm(['ci', '--no-audit', '--no-fund'], ROOT);
  if (code !== 0) throw npmError('install the packages of this checkout', output);
  markInstalled(ROOT);
}

await runAsProgram(import.meta.url, async () => void (await setUp()));
