import { childrenOf, descendants, isNode, nameOf, parseTree, type SyntaxNode } from './syntax.ts';

/** A source file, and the package or room it belongs to. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly place: string;
}

/** One way in which the code records a loss. */
export interface LossSite {
  readonly place: string;
  readonly file: string;
  readonly kind: string;
  /** The word, or the expression that computes it, in braces. */
  readonly feature: string;
}

/** A function that records a loss with a word it is handed. The numbers are positions of parameters. */
interface Recorder {
  readonly name: string;
  /** Where it may be called from; everywhere when it belongs to the sdk. */
  readonly place: string;
  readonly kind: string | number;
  readonly feature: number;
}

const SDK = 'sdk';
const KINDS: ReadonlySet<string> = new Set(['dropped', 'degraded', 'adjusted']);
const FUNCTIONS = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/**
 * Finds every loss that the sources record: objects with `kind`, `feature` and `reason`, and calls of the functions that
 * make such objects out of their parameters, at any remove. Throws where the kind of one cannot be told.
 */
export function lossSites(sources: readonly Source[]): LossSite[] {
  const trees = sources.map((source) => ({ ...source, tree: parseTree(source.file, source.text) }));
  const files = trees.map((file) => ({
    ...file,
    returned: returnsIn(trees.filter(({ place }) => place === file.place).map(({ tree }) => tree)),
  }));
  const recorders = new Map<string, Recorder>();
  for (;;) {
    const known = recorders.size;
    const sites = files.flatMap((file) =>
      sitesIn(file, [...recorders.values()], (recorder) => {
        recorders.set(JSON.stringify(recorder), recorder);
      }),
    );
    if (recorders.size === known) return sites;
  }
}

interface ParsedSource extends Source {
  readonly tree: SyntaxNode;
  /** What functions of the same place return, by the function's name. */
  readonly returned: ReadonlyMap<string, readonly { readonly value: SyntaxNode; readonly scope: Scope }[]>;
}

/** A function that is being looked at, by the name under which it is called. */
interface Scope {
  readonly name: string | undefined;
  readonly node: SyntaxNode;
}

/** What an expression stands for: words, places of parameters, and expressions nobody can tell beforehand. */
interface Meaning {
  readonly words: readonly string[];
  readonly parameters: readonly number[];
  readonly computed: readonly string[];
}

function sitesIn(file: ParsedSource, recorders: readonly Recorder[], found: (recorder: Recorder) => void): LossSite[] {
  const sites: LossSite[] = [];
  const record = (kind: SyntaxNode | string, feature: SyntaxNode, scope: Scope | undefined): void => {
    const kinds =
      typeof kind === 'string' ? { words: [kind], parameters: [], computed: [] } : meaningOf(kind, file, scope);
    const features = meaningOf(feature, file, scope);
    if (kinds.computed.length > 0) throw new Error(`${file.file}: cannot tell the kind of ${textOf(feature, file)}`);
    for (const position of features.parameters) {
      for (const one of [...kinds.words, ...kinds.parameters])
        found({ name: scope?.name ?? '', place: file.place, kind: one, feature: position });
    }
    const words = [...features.words, ...features.computed.map((expression) => `{${expression}}`)];
    for (const word of words)
      for (const one of kinds.words) sites.push({ place: file.place, file: file.file, kind: one, feature: word });
  };
  walk(file.tree, undefined, undefined, (node, scope) => {
    const object = node.type === 'ObjectExpression' ? propertiesOf(node) : undefined;
    const { kind, feature, reason } = object ?? {};
    if (kind !== undefined && feature !== undefined && reason !== undefined) record(kind, feature, scope);
    if (node.type !== 'CallExpression') return;
    for (const recorder of recorders) {
      if (recorder.place !== file.place && recorder.place !== SDK) continue;
      if (calleeOf(node) !== recorder.name) continue;
      const given = node['arguments'] as SyntaxNode[];
      const word = given[recorder.feature];
      const kindGiven = typeof recorder.kind === 'string' ? recorder.kind : given[recorder.kind];
      if (word === undefined || kindGiven === undefined) continue;
      // Another function of that name, such as `once` of an emitter.
      if (typeof kindGiven !== 'string' && kindGiven.type === 'Literal' && !KINDS.has(nameOf(kindGiven) ?? ''))
        continue;
      record(kindGiven, word, scope);
    }
  });
  return sites;
}

function walk(
  node: SyntaxNode,
  scope: Scope | undefined,
  name: string | undefined,
  see: (node: SyntaxNode, scope: Scope | undefined) => void,
): void {
  const inside = FUNCTIONS.test(node.type) ? { name: nameOf(node['id']) ?? name, node } : scope;
  see(node, inside);
  const named = nameOf(node['key']) ?? nameOf(node['id']);
  for (const child of childrenOf(node))
    walk(child, inside, child === node['value'] || child === node['init'] ? named : undefined, see);
}

function returnsIn(trees: readonly SyntaxNode[]): ParsedSource['returned'] {
  const returned = new Map<string, { value: SyntaxNode; scope: Scope }[]>();
  for (const tree of trees) {
    walk(tree, undefined, undefined, (node, scope) => {
      const value = node.type === 'ReturnStatement' ? node['argument'] : undefined;
      if (scope?.name === undefined || !isNode(value)) return;
      returned.set(scope.name, [...(returned.get(scope.name) ?? []), { value, scope }]);
    });
  }
  return returned;
}

function propertiesOf(node: SyntaxNode): { readonly [name: string]: SyntaxNode } {
  const properties = (node['properties'] as SyntaxNode[]).filter(({ type }) => type === 'Property');
  return Object.fromEntries(properties.map(({ key, value }) => [nameOf(key) ?? '', value as SyntaxNode]));
}

function calleeOf({ callee }: SyntaxNode): string | undefined {
  if (!isNode(callee)) return undefined;
  return callee.type === 'MemberExpression' ? nameOf(callee['property']) : nameOf(callee);
}

function meaningOf(node: SyntaxNode, file: ParsedSource, scope: Scope | undefined): Meaning {
  switch (node.type) {
    case 'Literal':
      return { words: [nameOf(node) ?? ''], parameters: [], computed: [] };
    case 'ConditionalExpression':
      return union([node['consequent'], node['alternate']], file, scope);
    case 'Identifier': {
      if (nameOf(node) === 'undefined') return { words: [], parameters: [], computed: [] };
      const position = parametersOf(scope).indexOf(nameOf(node) ?? '');
      if (position >= 0) return { words: [], parameters: [position], computed: [] };
      const value = valueOf(nameOf(node) ?? '', scope);
      return value === undefined ? computed(node, file) : meaningOf(value, file, scope);
    }
    case 'CallExpression': {
      const returned = file.returned.get(calleeOf(node) ?? '') ?? [];
      const meanings = returned.map(({ value, scope: inside }) => meaningOf(value, file, { ...inside, node: value }));
      return meanings.length === 0 ? computed(node, file) : joined(meanings);
    }
    default:
      return computed(node, file);
  }
}

function union(nodes: readonly unknown[], file: ParsedSource, scope: Scope | undefined): Meaning {
  return joined(nodes.filter(isNode).map((node) => meaningOf(node, file, scope)));
}

function joined(meanings: readonly Meaning[]): Meaning {
  return {
    words: meanings.flatMap(({ words }) => words),
    parameters: meanings.flatMap(({ parameters }) => parameters),
    computed: meanings.flatMap(({ computed: expressions }) => expressions),
  };
}

function computed(node: SyntaxNode, file: ParsedSource): Meaning {
  return { words: [], parameters: [], computed: [textOf(node, file)] };
}

function textOf({ start, end }: SyntaxNode, { text }: ParsedSource): string {
  return text.slice(start, end);
}

function parametersOf(scope: Scope | undefined): string[] {
  return ((scope?.node['params'] ?? []) as SyntaxNode[]).map((parameter) => nameOf(parameter) ?? '');
}

/** What a constant of this function is set to. */
function valueOf(name: string, scope: Scope | undefined): SyntaxNode | undefined {
  if (scope === undefined) return undefined;
  for (const { type, id, init } of descendants(scope.node)) {
    if (type === 'VariableDeclarator' && nameOf(id) === name && isNode(init)) return init;
  }
  return undefined;
}
