import { failure, isClaudexError, messageOf, type ClaudexError } from '../../errors/index.ts';

/** The codes of SQLite that mean something to us, without what SQLite adds in the higher bits. */
const CODES = { busy: 5, full: 13, corrupt: 11, cannotOpen: 14, notADatabase: 26 } as const;

/** A file that is no database of ours, although SQLite reads it. */
export class ForeignDatabase extends Error {
  override readonly name = 'ForeignDatabase';
}

/** Whether nothing can be made of the file any more. */
export function isDamage(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return thrown instanceof ForeignDatabase || code === CODES.corrupt || code === CODES.notADatabase;
}

/** Whether the same may work in a moment: others hold the file, or have just moved it away. */
export function isPassing(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === CODES.busy || code === CODES.cannotOpen;
}

/** An error of SQLite as one that says what to do; anything else as it is. */
export function explainedSqliteError(file: string, thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (code === undefined || isClaudexError(thrown)) return thrown;
  return unusable(file, messageOf(thrown), remedyOf(code), thrown);
}

/** The failure of a store whose file does not do. */
function unusable(file: string, reason: string, remedy: string, cause?: unknown): ClaudexError {
  return failure('state-unusable', `${file} cannot be used: ${reason}`, remedy, cause);
}

function remedyOf(code: number): string {
  if (code === CODES.full) return 'Make room on the disk; what is written meanwhile is not kept.';
  if (code === CODES.busy) return 'Another process holds it; try again.';
  return 'Claudex needs a folder it can write to; XDG_DATA_HOME or CLAUDEX_DATA_DIR names another one.';
}

function codeOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : undefined;
}
