import { isClaudexError, type ClaudexError } from '../../src/errors/index.ts';

/** The ClaudexError that a promise rejects with. Throws when it resolves, and passes on whatever else it rejects with. */
export async function refusalOf(attempt: Promise<unknown>): Promise<ClaudexError> {
  try {
    await attempt;
  } catch (error) {
    if (isClaudexError(error)) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
