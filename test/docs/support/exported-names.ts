import { parseSync } from 'oxc-parser';

/** Something a module exports, with its fields and methods when it is an interface. */
export interface ExportedName {
  readonly name: string;
  readonly members: readonly string[];
}

interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The declarations that a TypeScript module exports itself; re-exports are left out. */
export function exportedNames(file: string, text: string): ExportedName[] {
  const { program, errors } = parseSync(file, text);
  const [problem] = errors;
  if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
  return (program.body as unknown as SyntaxNode[]).flatMap((statement) => {
    const declaration = statement['declaration'];
    if (statement.type !== 'ExportNamedDeclaration' || !isNode(declaration)) return [];
    if (declaration.type !== 'VariableDeclaration') return [named(declaration)];
    return (declaration['declarations'] as SyntaxNode[]).map(named);
  });
}

/** The names that a module hands on from other modules, values and types. */
export function reexportedNames(file: string, text: string): string[] {
  return (parseSync(file, text).program.body as unknown as SyntaxNode[])
    .filter(({ type, source }) => type === 'ExportNamedDeclaration' && isNode(source))
    .flatMap((statement) =>
      (statement['specifiers'] as SyntaxNode[]).map((specifier) => nameOf(specifier['exported'])),
    );
}

function named(declaration: SyntaxNode): ExportedName {
  const body = declaration['body'];
  const isInterface = declaration.type === 'TSInterfaceDeclaration' && isNode(body);
  const members = isInterface ? (body['body'] as SyntaxNode[]).map((member) => nameOf(member['key'])) : [];
  return { name: nameOf(declaration['id']), members };
}

function nameOf(node: unknown): string {
  const name = isNode(node) ? (node['name'] ?? node['value']) : undefined;
  if (typeof name === 'string') return name;
  throw new Error(`cannot read the name of ${JSON.stringify(node)}`);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}
