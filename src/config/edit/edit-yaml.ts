import { isAlias, isMap, isPair, isScalar, isSeq, Lexer, parseDocument } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { failure } from '../../errors/index.ts';
import { printPath, type JsonLike, type Path } from '../tables.ts';
import { insertLines, nextLine, splice, startOfComments, startOfLine } from './splice.ts';
import type { Step } from './steps.ts';
import { flowText, jsonLines, jsonText, yamlLines, type TextOfValue } from './yaml-values.ts';

/** A YAML or JSON text after one step. Every byte that the step is not about stays. */
export function editYaml(text: string, step: Step, isJson: boolean): string {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  const top = document.contents as Node | null;
  const editor: Editor = { text, textOf: isJson ? jsonText : flowText, isJson };
  if (top === null || (isScalar(top) && top.value === null)) return begin(editor, step);
  const parent = find(top, step.path.slice(0, -1));
  const key = step.path.at(-1) ?? '';
  if (step.op === 'insert') return insert(editor, parent, key, step.value);
  const index = isMap(parent) ? parent.items.findIndex((pair) => nameOf(pair) === key) : Number(key);
  return step.op === 'remove' ? remove(editor, parent, index, step.path) : replace(editor, parent, index, step.value);
}

/** The comments of a YAML text, in the order of the text. */
export function yamlComments(text: string): string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((comment) => comment.trimEnd());
}

interface Editor {
  readonly text: string;
  readonly textOf: TextOfValue;
  readonly isJson: boolean;
}

type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>;

/** A document that says nothing yet. */
function begin({ text, isJson }: Editor, step: Step): string {
  if (step.op === 'remove') return text;
  const [key = ''] = step.path;
  if (isJson) return `${JSON.stringify({ [key]: step.value }, undefined, 2)}\n`;
  return insertLines(text, text.length, yamlLines({ [key]: step.value }));
}

function find(top: Node, path: Path): Collection {
  let node: Node | null = top;
  for (const step of path) {
    if (isMap(node)) node = (node.items.find((pair) => nameOf(pair) === step)?.value ?? null) as Node | null;
    else node = isSeq(node) ? ((node.items[Number(step)] ?? null) as Node | null) : null;
    if (isAlias(node)) break;
  }
  if (isMap(node) || isSeq(node)) return node as Collection;
  throw failure(
    'config-not-editable',
    `${printPath(path)} is written in a way that cannot be changed without changing more than it`,
    'Edit the file yourself, for example with "claudex config edit".',
  );
}

function nameOf(pair: unknown): string {
  const key = isPair(pair) ? pair.key : undefined;
  return isScalar(key) ? String(key.value) : '';
}

/** Where the text of a node begins and ends, without comments behind it. */
function rangeOf(node: Node | null): { start: number; end: number } {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end: isCollection(node) && node.flow !== true ? lastEnd(node, start) : end };
}

function lastEnd(node: Collection, start: number): number {
  const last = node.items.at(-1);
  if (last === undefined) return start;
  return isPair(last) ? rangeOf(last.value ?? last.key).end : rangeOf(last).end;
}

function isCollection(node: unknown): node is Collection {
  return isMap(node) || isSeq(node);
}

function replace(editor: Editor, parent: Collection, index: number, value: JsonLike): string {
  const { text } = editor;
  const item = parent.items[index];
  const node = (isPair(item) ? item.value : item) as Node | null;
  const isFlow = parent.flow === true;
  const { start, end } = rangeOf(node);
  const written = editor.textOf(value, node, isFlow);
  const isBlock = isCollection(node) ? node.flow !== true : text[start] === '|' || text[start] === '>';
  if (!isPair(item) || (!isBlock && end > start)) return splice(text, start, end, isBlock ? `${written}\n` : written);
  const from = text.indexOf(':', rangeOf(item.key).end) + 1;
  const to = Math.max(from, from + text.slice(from, end).trimEnd().length);
  return splice(text, from, to, ` ${written}`);
}

function insert(editor: Editor, parent: Collection, key: string | number, value: JsonLike): string {
  const { text } = editor;
  const content: JsonLike = isMap(parent) ? { [key]: value } : [value];
  if (parent.flow === true || parent.items.length === 0) return insertIntoFlow(editor, parent, content);
  const { start, end } = rangeOf(parent);
  const indent = ' '.repeat(start - startOfLine(text, start));
  return insertLines(
    text,
    text[end - 1] === '\n' ? end : nextLine(text, end),
    yamlLines(content).map((line) => (line === '' ? '' : indent + line)),
  );
}

/** What separates the new item from the one before is what separates the first from the bracket. */
function insertIntoFlow({ text, textOf, isJson }: Editor, parent: Collection, content: JsonLike): string {
  const whole = textOf(content, parent, true);
  const { start, end } = rangeOf(parent);
  const first = parent.items[0];
  if (first === undefined) return splice(text, start, end, whole);
  const opening = text.slice(start + 1, rangeOf(isPair(first) ? first.key : first).start);
  const gap = opening.includes('\n')
    ? opening.slice(opening.lastIndexOf('\n') - (opening.includes('\r\n') ? 1 : 0))
    : ' ';
  const behind = lastEnd(parent, start);
  const isOnLines = isJson && opening.includes('\n');
  const inside = isOnLines ? jsonLines(content, gap) : whole.slice(1, -1).trim();
  return splice(text, behind, behind, `,${gap}${inside}`);
}

function remove({ text }: Editor, parent: Collection, index: number, path: Path): string {
  const item = parent.items[index];
  const start = rangeOf(isPair(item) ? item.key : (item ?? null)).start;
  const end = isPair(item) ? rangeOf(item.value ?? item.key).end : rangeOf(item ?? null).end;
  if (parent.flow === true) return removeFromFlow(text, parent, index, { start, end });
  const line = startOfLine(text, start);
  const behind = text[end - 1] === '\n' ? end : nextLine(text, end);
  const before = text.slice(line, start);
  if (isMap(parent) && before.trim() !== '')
    return splice(text, start, isEmptyPair(item) ? text.indexOf(':', end) + 1 : end, '');
  const from = path[0] === 'profiles' && path.length === 2 ? startOfComments(text, line) : line;
  return splice(text, from, behind, '');
}

function isEmptyPair(item: unknown): boolean {
  return isPair(item) && (item.value === null || (isScalar(item.value) && item.value.value === null));
}

function removeFromFlow(
  text: string,
  parent: Collection,
  index: number,
  { start, end }: { start: number; end: number },
): string {
  const next = parent.items[index + 1];
  if (next !== undefined) return splice(text, start, rangeOf(isPair(next) ? next.key : next).start, '');
  const previous = parent.items[index - 1];
  if (previous === undefined) return splice(text, start, end, '');
  const from = isPair(previous) ? rangeOf(previous.value ?? previous.key).end : rangeOf(previous).end;
  return splice(text, from, end, '');
}
