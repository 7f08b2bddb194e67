import { pathKey, type Path } from './tables.ts';

/** A place in a file; line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each key of a document is, by `pathKey`. */
export type Positions = ReadonlyMap<string, Position>;

/** Where a key is; for one that is not in the file, where the nearest table above it is. */
export function positionOf(positions: Positions, path: Path): Position | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const position = positions.get(pathKey(path.slice(0, length)));
    if (position !== undefined) return position;
  }
  return undefined;
}

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
