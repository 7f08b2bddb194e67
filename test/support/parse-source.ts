import { parseSync } from 'oxc-parser';

/** One import, re-export, dynamic import, type import or require of a module. */
export interface ModuleReference {
  /** The module's name, or undefined when it is computed. */
  readonly specifier: string | undefined;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A use of a name that could be a global, together with the member that is read of it: `Math.random`. */
export interface NameUse {
  readonly name: string;
  readonly line: number;
}

/** What the import rules need to know of a file. */
export interface ParsedSource {
  readonly references: readonly ModuleReference[];
  readonly names: readonly NameUse[];
  /** Names that imports bind in this file; they hide globals of the same name. */
  readonly imported: ReadonlySet<string>;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** Parses a TypeScript or JavaScript file. Throws when it has a syntax error. */
export function parseSource(file: string, text: string): ParsedSource {
  const parsed = parseSync(file, text);
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
  const references: ModuleReference[] = [];
  const names: NameUse[] = [];
  const imported = new Set<string>();
  const lineOf = (node: SyntaxNode): number => text.slice(0, node.start).split('\n').length;
  visit(parsed.program as unknown as SyntaxNode, (node) => {
    const found = referenceOf(node);
    if (found !== undefined) references.push({ ...found, line: lineOf(node) });
    if (isNode(node['local']) && node.type.startsWith('Import')) imported.add(String(node['local']['name']));
    const name = nameOf(node);
    if (name !== undefined) names.push({ name, line: lineOf(node) });
  });
  return { references, names, imported };
}

function referenceOf(node: SyntaxNode): Omit<ModuleReference, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node['source']), typeOnly: isTypeOnly(node, 'importKind') };
    case 'ExportAllDeclaration':
      return { specifier: literal(node['source']), typeOnly: node['exportKind'] === 'type' };
    case 'ExportNamedDeclaration':
      if (node['source'] === null) return undefined;
      return { specifier: literal(node['source']), typeOnly: isTypeOnly(node, 'exportKind') };
    case 'ImportExpression':
      return { specifier: literal(node['source']), typeOnly: false };
    case 'TSImportType':
      return { specifier: literal(node['source']), typeOnly: true };
    case 'TSExternalModuleReference':
      return { specifier: literal(node['expression']), typeOnly: false };
    case 'CallExpression':
      return isRequire(node) ? { specifier: literal(argumentsOf(node)[0]), typeOnly: false } : undefined;
    default:
      return undefined;
  }
}

function isTypeOnly(node: SyntaxNode, kind: 'importKind' | 'exportKind'): boolean {
  if (node[kind] === 'type') return true;
  const specifiers = Array.isArray(node['specifiers']) ? (node['specifiers'] as SyntaxNode[]) : [];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier[kind] === 'type');
}

function isRequire(node: SyntaxNode): boolean {
  const callee = node['callee'];
  return isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require';
}

function argumentsOf(node: SyntaxNode): readonly unknown[] {
  return Array.isArray(node['arguments']) ? node['arguments'] : [];
}

function literal(value: unknown): string | undefined {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : undefined;
}

function nameOf(node: SyntaxNode): string | undefined {
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node;
  if (!isNode(object) || object.type !== 'Identifier') return undefined;
  const member = computed === true ? literal(property) : isNode(property) ? property['name'] : undefined;
  return typeof member === 'string' ? `${String(object['name'])}.${member}` : undefined;
}

/** Calls `see` for every node but names of members, e.g. not for `fetch` in `plan.fetch`, and the names they are read of. */
function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (const [field, value] of Object.entries(node)) {
    if (isMemberName(node, field)) continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see);
  }
}

const MEMBER_NAMES = new Set(['property', 'key', 'imported', 'exported', 'label']);

function isMemberName(node: SyntaxNode, field: string): boolean {
  if (field === 'object') return nameOf(node) !== undefined;
  if (field === 'local') return node.type === 'ExportSpecifier';
  if (field === 'key' && node['shorthand'] === true) return true;
  return MEMBER_NAMES.has(field) && node['computed'] !== true;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
