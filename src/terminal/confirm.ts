import { cannotAsk, isClaudexError } from '../errors/index.ts';
import { ask, CANCELLED } from './prompts/ask.ts';
import { canAsk } from './prompts/terminal-prompts.ts';

/** A question that only a person may answer. */
export interface Question {
  readonly question: string;
  /** What to do where nobody can be asked. */
  readonly remedy: string;
}

/**
 * Asks for a yes on the terminal; the answer to just Enter, Ctrl-C and the end of input is no. Throws the
 * "cannot ask" error (exit code 3) without a terminal.
 */
export async function confirm({ question, remedy }: Question): Promise<boolean> {
  if (!canAsk()) throw cannotAsk('cannot-ask', `"${question}" cannot be asked without a terminal`, remedy);
  try {
    return await ask<boolean>({ type: 'confirm', message: question, default: false });
  } catch (error) {
    if (isClaudexError(error) && error.code === CANCELLED) return false;
    throw error;
  }
}
