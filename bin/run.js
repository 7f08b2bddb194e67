#!/usr/bin/env node
// Runs on any Node that knows modules: it must be able to refuse the ones that cannot run the rest.
import { supportedNode } from './supported-node.js';

const problem = supportedNode(process.versions.node);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.();
  const [{ execute }, { settings }] = await Promise.all([
    import('@oclif/core/execute'),
    import('@oclif/core/settings'),
  ]);
  // Plugins are run as they were built; transpiling needs a compiler that nobody has installed.
  settings.enableAutoTranspile = false;
  await execute({ args: await argumentsForOclif(process.argv.slice(2)), dir: import.meta.url });
}

/**
 * oclif takes `--help` out of the arguments wherever it stands; behind `run PROFILE` it belongs to claude.
 * @param {string[]} given
 */
async function argumentsForOclif(given) {
  if (given[0] !== 'run') return given;
  const { guardClaudeArguments } = await import('../lib/launcher/split-arguments.js');
  return guardClaudeArguments(given);
}
