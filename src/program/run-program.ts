import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from '@oclif/core/execute';
import { settings } from '@oclif/core/settings';
import type { PJSON } from '@oclif/core/interfaces';
import { argumentsForOclif } from './arguments-for-oclif.ts';
import { configurationFor } from './configuration-for.ts';
import { withShell } from './with-shell.ts';

/**
 * Runs one command line, up to its output and its exit code.
 * @param given the arguments behind the name of the program
 * @param start the `file:` URL of the script that was started, in a folder of the package
 */
export async function runProgram(given: readonly string[], start: string): Promise<void> {
  // Plugins are run as they were built; transpiling needs a compiler that nobody has installed.
  settings.enableAutoTranspile = false;
  const root = dirname(dirname(fileURLToPath(start)));
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PJSON;
  const args = argumentsForOclif(given);
  const load = (): ReturnType<typeof configurationFor> => configurationFor(root, pjson, args);
  // Claude is to find the environment as it was; commands of plugins may look at it once more.
  if (args[0] === 'run') await execute({ args, loadOptions: await withShell(process.env, load) });
  else await withShell(process.env, async () => execute({ args, loadOptions: await load() }));
}
