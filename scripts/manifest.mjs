import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/checkout.mjs';
import { projectNode } from './support/project-node.mjs';
import { tellOnStderr } from './support/progress.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';
import { runTool } from './support/tools.mjs';

const FILE = join(ROOT, 'oclif.manifest.json');

/**
 * Writes oclif.manifest.json anew from the built commands and the version in package.json. With `--check` it
 * leaves the file as it was and fails when that would have changed it.
 */
await runAsProgram(import.meta.url, async () => {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : undefined;
  const { code, output } = await runTool(await projectNode(tellOnStderr), 'oclif', ['manifest'], { quiet: true });
  if (code !== 0) {
    // The tool removes the old one first.
    if (before !== undefined) writeFileSync(FILE, before);
    throw new ScriptError(`${output.trim()}\n\nThe manifest could not be made.`, code);
  }
  const after = inOrder(readFileSync(FILE, 'utf8'));
  writeFileSync(FILE, after);
  if (!process.argv.includes('--check')) {
    tellOnStderr(after === before ? 'oclif.manifest.json is up to date' : 'oclif.manifest.json was renewed');
    return;
  }
  if (before !== undefined) writeFileSync(FILE, before);
  if (after !== before) throw new ScriptError('oclif.manifest.json is stale: run "npm run manifest" and commit it.');
});

/** The tool lists commands in the order in which their files happened to be loaded. */
function inOrder(text) {
  const { commands, ...others } = JSON.parse(text);
  const sorted = Object.fromEntries(Object.entries(commands).sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify({ commands: sorted, ...others }, undefined, 2)}\n`;
}
