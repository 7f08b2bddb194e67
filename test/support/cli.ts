import { join } from 'node:path';
import type { IsolatedHome } from './isolated-home.ts';
import { runProcess, type ProcessOptions, type ProcessResult } from './run-process.ts';
import { ROOT } from './source-files.ts';

/** The program as users start it. Runs the built `lib/`. */
export const CLAUDEX = join(ROOT, 'bin', 'run.js');

/** Runs `claudex` to its end in an isolated home, in that home's `work` folder unless told otherwise. */
export function runCli(
  home: IsolatedHome,
  args: readonly string[],
  options: Partial<ProcessOptions> = {},
): Promise<ProcessResult> {
  return runProcess(process.execPath, [CLAUDEX, ...args], {
    ...options,
    cwd: options.cwd ?? home.work,
    environment: { ...home.environment, ...options.environment },
  });
}
