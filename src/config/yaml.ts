import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import { SyntaxProblem, withoutByteOrderMark, type ConfigurationDocument, type Position } from './document.ts';
import { yamlMessage } from './yaml-errors.ts';
import { yamlPositions } from './yaml-positions.ts';

/** More references to anchors than any configuration needs; stops a file that explodes when it is resolved. */
const MOST_ALIASES = 100;
const TOO_MUCH = 'its aliases stand for too much';

/** Parses YAML 1.2, of which JSON is a part. Throws a `SyntaxProblem`. */
export function parseYaml(text: string): ConfigurationDocument {
  const source = withoutByteOrderMark(text);
  const lines = new LineCounter();
  try {
    // The parser's own search for duplicate keys takes quadratic time, so it is left to `yamlPositions`.
    const document = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
    });
    const [first] = document.errors;
    if (first !== undefined) throw new SyntaxProblem(yamlMessage(first.code), positionAt(first.pos[0], lines));
    checkAliases(document, lines);
    const positions = yamlPositions(document, lines);
    return { text, values: document.toJS({ maxAliasCount: MOST_ALIASES }), positions };
  } catch (error) {
    if (error instanceof SyntaxProblem) throw error;
    const message = error instanceof RangeError ? yamlMessage('RESOURCE_EXHAUSTION') : TOO_MUCH;
    throw new SyntaxProblem(message, undefined);
  }
}

/** Every alias needs an anchor before it. The parser would only find out later, and quote it. */
function checkAliases(document: Document, lines: LineCounter): void {
  const anchors = new Set<string>();
  let count = 0;
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      count += 1;
      if (count > MOST_ALIASES) throw new SyntaxProblem(TOO_MUCH, positionAt(node.range?.[0] ?? 0, lines));
      if (anchors.has(node.source)) return;
      throw new SyntaxProblem('an alias without an anchor before it', positionAt(node.range?.[0] ?? 0, lines));
    },
  });
}

function positionAt(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
