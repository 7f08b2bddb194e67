import { execute } from '@oclif/core/execute';
import { settings } from '@oclif/core/settings';
import { argumentsForOclif } from './arguments-for-oclif.ts';

/**
 * Runs one command line, up to its output and its exit code.
 * @param given the arguments behind the name of the program
 * @param start the `file:` URL of the script that was started; the package is looked for around it
 */
export async function runProgram(given: readonly string[], start: string): Promise<void> {
  // Plugins are run as they were built; transpiling needs a compiler that nobody has installed.
  settings.enableAutoTranspile = false;
  await execute({ args: argumentsForOclif(given), dir: start });
}
