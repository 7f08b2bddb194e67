import { usageError } from '../errors/index.ts';
import type { ClaudexError } from '../errors/index.ts';

/** One thing that is wrong in a file or in the environment. */
export interface Problem {
  /** `file:line:column`, `file` or the name of an environment variable. */
  readonly where: string;
  /** The key it is about, as people write it; absent when it is about the whole file. */
  readonly path?: string;
  readonly message: string;
}

/** All problems as one error, so that a user sees everything at once. Exit code 2. */
export function invalidConfiguration(problems: readonly Problem[]): ClaudexError {
  const lines = problems.map(printProblem);
  const [first] = lines;
  return usageError(
    'config-invalid',
    lines.length === 1 && first !== undefined
      ? `Invalid configuration: ${first}`
      : `Invalid configuration, ${lines.length} problems:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    lines.length === 1 ? 'Correct it and run the command again.' : 'Correct them and run the command again.',
  );
}

function printProblem({ where, path, message }: Problem): string {
  return path === undefined || path === '' ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
}
