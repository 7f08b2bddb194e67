import { failure } from '../../errors/index.ts';

/** One question as inquirer takes it. */
export interface InquirerQuestion {
  readonly type: 'input' | 'password' | 'select' | 'search' | 'checkbox' | 'confirm';
  readonly message: string;
  readonly [setting: string]: unknown;
}

/** Code of the failure that Ctrl-C and the end of input become. */
export const CANCELLED = 'cancelled';

/**
 * Has inquirer ask one question on the terminal, on stderr because stdout is for results. Colours follow `NO_COLOR`.
 * Ctrl-C and the end of input become the failure {@link CANCELLED}.
 */
export async function ask<Answer>(question: InquirerQuestion): Promise<Answer> {
  // Most commands ask nothing, and it is large.
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({ output: process.stderr });
  try {
    const { answer } = await prompt<{ answer: unknown }>([{ ...question, name: 'answer' }]);
    return answer as Answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw failure(CANCELLED, 'cancelled, nothing was saved', 'Run the command again to begin anew.', error);
    throw error;
  }
}
