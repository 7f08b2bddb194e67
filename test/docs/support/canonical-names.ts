import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/source-files.ts';
import { descendants, isNode, nameOf, parseTree, type SyntaxNode } from './syntax.ts';

const FILES = ['request', 'blocks', 'response', 'events'].map((name) => `plugins/sdk/src/${name}.ts`);

/** The names by which types tell their variants apart. */
const DISCRIMINANTS: ReadonlySet<string> = new Set(['type', 'kind']);

/** What a canonical request and its settings consist of, e.g. `top_k`, `tools.client`, `tool_choice.any`. */
export function requestParts(): string[] {
  const types = declarations();
  return [
    ...fieldsOf(types, 'CanonicalRequest'),
    ...literalsOf(types, typeOfField(types, 'Message', 'role')).map((role) => `messages.${role}`),
    ...variantsOf(types, 'Tool').map((kind) => `tools.${kind}`),
    ...variantsOf(types, 'ToolChoice').map((type) => `tool_choice.${type}`),
    ...variantsOf(types, 'Thinking').map((type) => `thinking.${type}`),
    ...fieldsOf(types, 'OutputConfig').map((field) => `output_config.${field}`),
  ];
}

/** The types of blocks, and of the sources of pictures and documents. */
export function blockParts(): string[] {
  const types = declarations();
  return [...variantsOf(types, 'ContentBlock'), ...variantsOf(types, 'MediaSource').map((type) => `source.${type}`)];
}

/** The events of an answer, the reasons to stop, and the counts of tokens. */
export function answerParts(): string[] {
  const types = declarations();
  return [
    ...variantsOf(types, 'CanonicalEvent'),
    ...variantsOf(types, 'StopReason').map((reason) => `stop_reason.${reason}`),
    ...fieldsOf(types, 'Usage').map((field) => `usage.${field}`),
  ];
}

type Declarations = ReadonlyMap<string, SyntaxNode>;

function declarations(): Declarations {
  const found = new Map<string, SyntaxNode>();
  for (const file of FILES) {
    for (const node of descendants(parseTree(file, readFileSync(join(ROOT, file), 'utf8')))) {
      if (/^TS(?:Interface|TypeAlias)Declaration$/.test(node.type)) found.set(nameOf(node['id']) ?? '', node);
    }
  }
  return found;
}

function declarationOf(types: Declarations, name: string): SyntaxNode {
  const declaration = types.get(name);
  if (declaration === undefined) throw new Error(`there is no type ${name}`);
  return declaration;
}

function membersOf(node: SyntaxNode): SyntaxNode[] {
  const body = isNode(node['body']) ? node['body']['body'] : node['members'];
  return Array.isArray(body) ? body : [];
}

function fieldsOf(types: Declarations, name: string): string[] {
  return membersOf(declarationOf(types, name)).map(({ key }) => nameOf(key) ?? '');
}

function typeOfField(types: Declarations, name: string, field: string): SyntaxNode {
  const member = membersOf(declarationOf(types, name)).find(({ key }) => nameOf(key) === field);
  if (member === undefined) throw new Error(`${name} has no field ${field}`);
  return member;
}

/** The words by which the members of a union are told apart, or the union's words themselves. */
function variantsOf(types: Declarations, name: string): string[] {
  return [...new Set(literalsOf(types, declarationOf(types, name)))];
}

function literalsOf(types: Declarations, node: SyntaxNode): string[] {
  const members = membersOf(node);
  if (members.length > 0) {
    const told = members.find(({ key }) => DISCRIMINANTS.has(nameOf(key) ?? ''));
    return told === undefined ? [] : literalsOf(types, told);
  }
  if (node.type === 'TSLiteralType') return [nameOf(node['literal']) ?? ''];
  if (node.type === 'TSTypeReference') return literalsOf(types, declarationOf(types, nameOf(node['typeName']) ?? ''));
  if (node.type === 'TSUnionType') return (node['types'] as SyntaxNode[]).flatMap((one) => literalsOf(types, one));
  const inner = node['typeAnnotation'];
  return isNode(inner) ? literalsOf(types, inner) : [];
}
