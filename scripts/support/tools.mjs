import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './checkout.mjs';
import { environmentFor } from './project-node.mjs';
import { run } from './run.mjs';

/**
 * Runs a program of one of our packages on the project's Node, whatever Node started us.
 * @param {string} node the project's Node
 * @param {string} packageName e.g. `typescript`
 * @param {readonly string[]} args
 * @param {{program?: string, quiet?: boolean}} [options] `program` where the package has a differently named one
 */
export function runTool(node, packageName, args, { program = packageName, quiet = false } = {}) {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = join(folder, typeof bin === 'string' ? bin : bin[program]);
  return run(node, [script, ...args], { cwd: ROOT, env: environmentFor(node), quiet });
}
