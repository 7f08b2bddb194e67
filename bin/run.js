#!/usr/bin/env node
// Runs on any Node that knows modules: it must be able to refuse the ones that cannot run the rest.
import { supportedNode } from './supported-node.js';

const problem = supportedNode(process.versions.node);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  await run(process.argv.slice(2));
}

/** @param {string[]} given */
async function run(given) {
  if (given.length === 1 && given[0] === '--version') return printVersion();
  // Nobody else needs to read what we write. Claude Code, which "run" starts, decides for itself.
  if (given[0] !== 'run') process.umask(process.umask() | 0o077);
  const [{ enableCompileCache }, { compileCacheFolder }] = await Promise.all([
    import('node:module'),
    import('./compile-cache-folder.js'),
  ]);
  enableCompileCache?.(compileCacheFolder(process.env, process.platform));
  process.stdout.on('error', endOfOutput);
  // The proxy writes its log to stderr: a full disk must not end it.
  process.stderr.on('error', () => undefined);
  const { runProgram } = await import('../lib/program/run-program.js');
  let finished = false;
  // 13 is Node's own code for a promise that nothing will ever settle. Claude Code may end with 13, too.
  process.once('exit', (code) => {
    if (code !== 13 || finished) return;
    process.stderr.write('claudex: a hook of a plugin never finished; "claudex plugins" lists the plugins.\n');
    process.exitCode = 1;
  });
  await runProgram(given, import.meta.url);
  finished = true;
  // A plugin may have left a timer or a socket behind, which is no reason to stay.
  process.exit();
}

/**
 * Whoever read our output has seen enough, as in `claudex help | head`; any other failure to write is one.
 * @param {NodeJS.ErrnoException} error
 */
function endOfOutput(error) {
  if (error.code !== 'EPIPE') {
    process.exitCode = 1;
    process.stderr.write(`claudex: the output cannot be written: ${error.message}\n`);
  }
  process.exit();
}

/** What oclif would print, without loading it: scripts and prompts ask for the version often. */
async function printVersion() {
  const { readFile } = await import('node:fs/promises');
  const { name, version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`);
}
