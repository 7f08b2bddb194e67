import { LineCounter, parseDocument } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import { messageOf } from '../errors/index.ts';
import { SyntaxProblem, withoutByteOrderMark, type ConfigurationDocument } from './document.ts';
import { yamlPositions } from './yaml-positions.ts';

/** More references to anchors than any configuration needs; stops a file that explodes when it is resolved. */
const MOST_ALIASES = 100;

/** Parses YAML 1.2, of which JSON is a part. Throws a `SyntaxProblem`. */
export function parseYaml(text: string): ConfigurationDocument {
  const source = withoutByteOrderMark(text);
  const lines = new LineCounter();
  let document: Document;
  let values: unknown;
  try {
    document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const [first] = document.errors;
    if (first !== undefined) throw syntaxProblem(first, lines);
    values = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof SyntaxProblem) throw error;
    const message = error instanceof RangeError ? 'it is nested too deeply' : messageOf(error);
    throw new SyntaxProblem(message, undefined);
  }
  return { text, values, positions: yamlPositions(document, lines) };
}

function syntaxProblem(error: YAMLError, lines: LineCounter): SyntaxProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  // The parser quotes the token it stumbled over, which may be a key.
  return new SyntaxProblem(error.message.replace(/: "(?:[^"\\]|\\.)*"$/, ''), { line, column: col });
}
