const MARK = Symbol.for('claudex.error');

/** Everything an error can tell a user and a script. */
export interface ErrorFacts {
  /** A stable word for scripts, e.g. `profile-not-found`. */
  readonly code: string;
  /** What to do about it, in one sentence. */
  readonly remedy?: string;
  /** 1 the operation failed, 2 wrong usage or configuration, 3 it would have to ask and cannot. */
  readonly exitCode: 1 | 2 | 3;
}

/** A failure the user can act on. Anything else that is thrown is a bug and keeps its stack. */
export class ClaudexError extends Error {
  readonly code: string;
  readonly remedy: string | undefined;
  readonly exitCode: 1 | 2 | 3;

  constructor(message: string, facts: ErrorFacts, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ClaudexError';
    this.code = facts.code;
    this.remedy = facts.remedy;
    this.exitCode = facts.exitCode;
    Object.defineProperty(this, MARK, { value: true });
  }
}

/** Recognises a ClaudexError by its mark, so that two copies of this module agree. */
export function isClaudexError(value: unknown): value is ClaudexError {
  return typeof value === 'object' && value !== null && MARK in value;
}

/** The operation failed although usage and configuration are right. Exit code 1. */
export function failure(code: string, message: string, remedy?: string, cause?: unknown): ClaudexError {
  return make(1, code, message, remedy, cause);
}

/** Wrong usage or an invalid configuration. Exit code 2. */
export function usageError(code: string, message: string, remedy?: string, cause?: unknown): ClaudexError {
  return make(2, code, message, remedy, cause);
}

/** It would have to ask a person and there is none. Exit code 3. */
export function cannotAsk(code: string, message: string, remedy?: string): ClaudexError {
  return make(3, code, message, remedy);
}

function make(exitCode: 1 | 2 | 3, code: string, message: string, remedy?: string, cause?: unknown): ClaudexError {
  const facts = remedy === undefined ? { code, exitCode } : { code, exitCode, remedy };
  return new ClaudexError(message, facts, cause === undefined ? undefined : { cause });
}
