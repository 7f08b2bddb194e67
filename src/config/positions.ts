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

/** Turns offsets of one text into positions. */
export function lineFinder(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
