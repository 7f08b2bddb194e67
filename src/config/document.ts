import type { Position, Positions } from './positions.ts';

/** A parsed configuration file, before anything was checked. */
export interface ConfigurationDocument {
  /** As it is on disk; a trust record is about exactly this. */
  readonly text: string;
  /** What the parser made of it: null when the file says nothing. */
  readonly values: unknown;
  readonly positions: Positions;
}

/** Thrown by a loader when the text does not follow the format's grammar. The message never quotes the file. */
export class SyntaxProblem extends Error {
  readonly position: Position | undefined;

  constructor(message: string, position: Position | undefined) {
    super(message);
    this.name = 'SyntaxProblem';
    this.position = position;
  }
}

/** The text a parser gets: without the mark some editors put in front. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}
