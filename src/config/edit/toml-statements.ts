import { pathKey, type Path } from '../tables.ts';
import { TomlScanner } from '../toml-scanner.ts';

/** One statement at the top level of a TOML text. Offsets count UTF-16 units from the start of the text. */
export interface Statement {
  /** `[table]`, `[[entry]]` or `key = value`. */
  readonly kind: 'table' | 'entry' | 'pair';
  /** What it opens or sets, with the places of entries. */
  readonly path: Path;
  /** The table that was open; of a header, the header's own path. */
  readonly base: Path;
  readonly start: number;
  /** Where the value of a pair begins; of a header, its start. */
  readonly valueStart: number;
  /** Behind its last character, before a comment on the same line. */
  readonly end: number;
}

/** The statements of a TOML text that a parser accepted, in the order of the text. */
export function tomlStatements(text: string): Statement[] {
  const scanner = new TomlScanner(text);
  const lastEntry = new Map<string, number>();
  const found: Statement[] = [];
  let base: Path = [];
  for (scanner.skipTrivia(); !scanner.ended; scanner.skipTrivia()) {
    const statement = scanner.peek() === '[' ? header(scanner, lastEntry) : pair(scanner, base);
    base = statement.base;
    found.push(statement);
  }
  return found;
}

/** The comments of a TOML text, in the order of the text. */
export function tomlComments(text: string): string[] {
  const scanner = new TomlScanner(text);
  const comments: string[] = [];
  while (!scanner.ended) {
    const character = scanner.peek();
    if (character === '"' || character === "'") scanner.skipString();
    else if (character === '#') {
      const end = endOfLine(text, scanner.at);
      comments.push(text.slice(scanner.at, end).trimEnd());
      scanner.at = end;
    } else scanner.at += 1;
  }
  return comments;
}

/** Where the line ends that an offset lies in: before its line feed. */
function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function header(scanner: TomlScanner, lastEntry: Map<string, number>): Statement {
  const start = scanner.at;
  const brackets = scanner.peek(1) === '[' ? 2 : 1;
  scanner.at += brackets;
  const keys = scanner.keys(']');
  scanner.at += brackets;
  const path: (string | number)[] = [];
  for (const [index, key] of keys.entries()) {
    path.push(key);
    const name = pathKey(path);
    if (brackets === 2 && index === keys.length - 1) lastEntry.set(name, (lastEntry.get(name) ?? -1) + 1);
    const entry = lastEntry.get(name);
    if (entry !== undefined) path.push(entry);
  }
  const kind = brackets === 2 ? 'entry' : 'table';
  return { kind, path, base: path, start, valueStart: start, end: scanner.at };
}

function pair(scanner: TomlScanner, base: Path): Statement {
  const start = scanner.at;
  const path = [...base, ...scanner.keys('=')];
  scanner.at += 1;
  scanner.skipBlanks();
  const valueStart = scanner.at;
  skipValue(scanner);
  return { kind: 'pair', path, base, start, valueStart, end: endOfValue(scanner, valueStart) };
}

/** Brackets nest, strings and comments hide them; nothing else matters for where a value ends. */
function skipValue(scanner: TomlScanner): void {
  let depth = 0;
  do {
    const character = scanner.peek();
    if (character === '"' || character === "'") scanner.skipString();
    else if (character === '#') scanner.skipTrivia();
    else {
      if (character === '[' || character === '{') depth += 1;
      else if (character === ']' || character === '}') depth -= 1;
      else if (depth === 0) {
        scanner.skipBareValue();
        return;
      }
      scanner.at += 1;
    }
  } while (depth > 0 && !scanner.ended);
}

function endOfValue(scanner: TomlScanner, start: number): number {
  return start + scanner.since(start).trimEnd().length;
}
