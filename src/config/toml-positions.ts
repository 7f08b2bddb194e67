import type { Position, Positions } from './document.ts';
import { pathKey, type Path } from './tables.ts';
import { TomlScanner } from './toml-scanner.ts';

/*
 * The TOML parser does not say where a key was, so this walks the text a second time. It only ever sees text
 * that the parser accepted and therefore checks nothing.
 *
 *   [a.b]      opens the table a.b            key = value    lies in the open table
 *   [[a.b]]    opens the next entry of a.b    { k = v }, []  are followed inside
 *
 * A name that was opened with [[…]] stands for its last entry in every later header.
 */

/** Nothing that counts lies deeper; a key of half a million dots would take memory in the square. */
const DEEPEST = 64;

/** Where each key, table and list entry of a valid TOML text is. */
export function tomlPositions(text: string): Positions {
  const walk = new Walk(text);
  walk.document();
  return walk.positions;
}

class Walk {
  readonly positions = new Map<string, Position>();
  private readonly scanner: TomlScanner;
  private readonly positionAt: (offset: number) => Position;
  private readonly lastEntry = new Map<string, number>();

  constructor(text: string) {
    this.scanner = new TomlScanner(text);
    this.positionAt = lineFinder(text);
  }

  document(): void {
    let open: Path = [];
    for (this.scanner.skipTrivia(); !this.scanner.ended; this.scanner.skipTrivia()) {
      if (this.scanner.peek() === '[') open = this.header();
      else this.pair(open);
    }
  }

  private header(): Path {
    const start = this.scanner.at;
    const brackets = this.scanner.peek(1) === '[' ? 2 : 1;
    this.scanner.at += brackets;
    const keys = this.scanner.keys(']');
    this.scanner.at += brackets;
    const path: (string | number)[] = [];
    for (const [index, key] of keys.slice(0, DEEPEST).entries()) {
      path.push(key);
      this.record(path, start);
      const entry =
        brackets === 2 && index === keys.length - 1 ? this.nextEntry(path) : this.lastEntry.get(pathKey(path));
      if (entry !== undefined) path.push(entry);
    }
    this.record(path, start);
    return path;
  }

  private nextEntry(list: Path): number {
    const index = (this.lastEntry.get(pathKey(list)) ?? -1) + 1;
    this.lastEntry.set(pathKey(list), index);
    return index;
  }

  private pair(table: Path): void {
    const start = this.scanner.at;
    const path = [...table];
    for (const key of this.scanner.keys('=').slice(0, DEEPEST)) {
      path.push(key);
      this.record(path, start);
    }
    this.scanner.at += 1;
    this.value(path);
  }

  private value(path: Path): void {
    this.scanner.skipBlanks();
    const first = this.scanner.peek();
    if (first === '"' || first === "'") this.scanner.skipString();
    else if (first === '[') this.items(']', (index) => this.item([...path, index]));
    else if (first === '{') this.items('}', () => this.pair(path));
    else this.scanner.skipBareValue();
  }

  private item(path: Path): void {
    this.record(path, this.scanner.at);
    this.value(path);
  }

  private items(end: ']' | '}', each: (index: number) => void): void {
    this.scanner.at += 1;
    let index = 0;
    for (this.scanner.skipTrivia(); !this.scanner.ended && this.scanner.peek() !== end; this.scanner.skipTrivia()) {
      if (this.scanner.peek() === ',') this.scanner.at += 1;
      else {
        const before = this.scanner.at;
        each(index++);
        // Only a text that is not valid after all leaves us where we were.
        if (this.scanner.at === before) this.scanner.at += 1;
      }
    }
    this.scanner.at += 1;
  }

  private record(path: Path, offset: number): void {
    const key = pathKey(path);
    if (!this.positions.has(key)) this.positions.set(key, this.positionAt(offset));
  }
}

/** Turns offsets of one text into positions. */
function lineFinder(text: string): (offset: number) => Position {
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
