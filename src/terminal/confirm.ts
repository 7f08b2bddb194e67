import { cannotAsk } from '../errors/index.ts';

/** A question that only a person may answer. */
export interface Question {
  readonly question: string;
  /** What to do where nobody can be asked. */
  readonly remedy: string;
}

/**
 * Asks for a yes on the terminal; the answer to just Enter, Ctrl-C and the end of input is no. Throws the
 * "cannot ask" error (exit code 3) without a terminal. The question goes to stderr: stdout is for results.
 */
export async function confirm({ question, remedy }: Question): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw cannotAsk('cannot-ask', `"${question}" cannot be asked without a terminal`, remedy);
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({ output: process.stderr });
  try {
    const { answer } = await ask<{ answer: boolean }>([
      { type: 'confirm', name: 'answer', message: question, default: false },
    ]);
    return answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return false;
    throw error;
  }
}
