import { descendants, isNode, nameOf, parseTree, type SyntaxNode } from './syntax.ts';

/**
 * The names that a module reads of something called `quirks`: members, and names taken out of it by a pattern, also where
 * a function takes its parameter of the type `Quirks` apart.
 */
export function quirkUses(file: string, text: string): string[] {
  return [...descendants(parseTree(file, text))].flatMap((node) => {
    if (node.type === 'MemberExpression' && isQuirks(node['object'])) return [nameOf(node['property']) ?? ''];
    if (node.type === 'ObjectPattern' && isTyped(node, 'Quirks')) return keysOf(node);
    const pattern = node.type === 'VariableDeclarator' && isQuirks(node['init']) ? node['id'] : undefined;
    return isNode(pattern) && pattern.type === 'ObjectPattern' ? keysOf(pattern) : [];
  });
}

function isQuirks(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'ChainExpression') return isQuirks(node['expression']);
  return nameOf(node.type === 'MemberExpression' ? node['property'] : node) === 'quirks';
}

function isTyped({ typeAnnotation: annotation }: SyntaxNode, name: string): boolean {
  const type = isNode(annotation) ? annotation['typeAnnotation'] : undefined;
  return isNode(type) && type.type === 'TSTypeReference' && nameOf(type['typeName']) === name;
}

function keysOf(pattern: SyntaxNode): string[] {
  return (pattern['properties'] as SyntaxNode[]).map(({ key }) => nameOf(key) ?? '');
}
