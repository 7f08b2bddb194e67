import { pathToFileURL } from 'node:url';

/** A failure the user can act on. Its message is all that is printed. */
export class ScriptError extends Error {
  /**
   * @param {string} message what went wrong and how to cure it
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'ScriptError';
    this.exitCode = exitCode;
  }
}

/**
 * Runs `main` when the module is the program that was started, and leaves imports alone. Sets the exit code.
 * @param {string} moduleUrl the module's `import.meta.url`
 * @param {() => Promise<number | void>} main its number becomes the exit code
 */
export async function runAsProgram(moduleUrl, main) {
  if (process.argv[1] === undefined || moduleUrl !== pathToFileURL(process.argv[1]).href) return;
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
