import { join } from 'node:path';
import { Config } from '@oclif/core/config';
import { ROOT } from './support/checkout.mjs';
import { runAsProgram, ScriptError } from './support/script-error.mjs';

const FILE = join(ROOT, 'command-snapshot.json');
const COMMANDS = '../node_modules/@oclif/plugin-command-snapshot/lib/commands/snapshot/';

/**
 * Compares the commands and their flags with those that were last agreed on, so that none goes away or changes its letter
 * by accident. `--write` agrees on what there is now.
 */
await runAsProgram(import.meta.url, async () => {
  const name = process.argv.includes('--write') ? 'generate' : 'compare';
  const { default: Snapshot } = await import(new URL(`${name}.js`, new URL(COMMANDS, import.meta.url)).href);
  const config = await Config.load({ root: ROOT, devPlugins: false, userPlugins: false });
  try {
    await Snapshot.run(['--filepath', FILE], config);
    // The command prints what differs and sets this.
    return Number(process.exitCode ?? 0);
  } catch (error) {
    throw new ScriptError(
      `${error.message}\n\nIf that is meant, run "npm run command-snapshot -- --write" and commit command-snapshot.json.`,
    );
  }
});
