import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, LineCounter, Node, ParsedNode, Pair } from 'yaml';
import { SyntaxProblem, type Position, type Positions } from './document.ts';
import { pathKey, type Path } from './tables.ts';
import { yamlMessage } from './yaml-errors.ts';

/**
 * Where each key of a parsed YAML document is. What an alias stands for is found at its anchor, so not here.
 * Throws a `SyntaxProblem` where a key comes a second time.
 */
export function yamlPositions(document: Document, lines: LineCounter): Positions {
  const positions = new Map<string, Position>();
  visit(document.contents, []);
  return positions;

  function visit(node: Node | ParsedNode | null, path: Path): void {
    if (isMap(node)) for (const pair of node.items) visitPair(pair as Pair<Node, Node | null>, path);
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visitItem(item as Node | null, [...path, index]);
  }

  function visitPair(pair: Pair<Node, Node | null>, path: Path): void {
    const below = [...path, isScalar(pair.key) ? String(pair.key.value) : String(pair.key)];
    record(below, pair.key);
    visit(pair.value, below);
  }

  function visitItem(item: Node | null, path: Path): void {
    if (item !== null) record(path, item);
    visit(item, path);
  }

  function record(path: Path, node: Node): void {
    const offset = node.range?.[0];
    if (offset === undefined) return;
    const { line, col } = lines.linePos(offset);
    const position = { line, column: col };
    const key = pathKey(path);
    if (positions.has(key)) throw new SyntaxProblem(yamlMessage('DUPLICATE_KEY'), position);
    positions.set(key, position);
  }
}
