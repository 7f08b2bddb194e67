import { check } from './check.ts';
import { CONFIG_VARIABLE } from './discover.ts';
import { kindBelow, type Kind } from './kinds.ts';
import { mergeLayers } from './merge.ts';
import type { Problems } from './problem.ts';
import { documentKind, topLevelKeys } from './schema.ts';
import type { Source } from './source.ts';
import { emptyTable, printPath, type JsonLike, type Path, type Table } from './tables.ts';
import { valueOfText } from './value-of-text.ts';

const PREFIX = 'CLAUDEX_';

/**
 * Whether an environment variable is configuration: `CLAUDEX_`, a known top-level key, then nothing or `__` and
 * the keys below it. Every other `CLAUDEX_` name belongs to the program or to its framework.
 */
export function isKnownConfigurationVariable(name: string): boolean {
  return name.startsWith(PREFIX) && Object.hasOwn(topLevelKeys, pathOf(name)[0] ?? '');
}

/** A copy of an environment without configuration and without `CLAUDEX_CONFIG`. */
export function withoutConfigurationVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.filter(([name]) => name !== CONFIG_VARIABLE && !isKnownConfigurationVariable(name)),
  );
}

/** The environment's layer. Numbers, truth values and, for lists and tables, JSON are read as the key wants them. */
export function environmentSource(environment: NodeJS.ProcessEnv, problems: Problems): Source {
  const variables = Object.keys(environment).filter(isKnownConfigurationVariable).sort(byDepth);
  const layers: Table[] = [];
  for (const variable of variables) {
    const path = pathOf(variable);
    const value = valueOfText(environment[variable] ?? '', path.reduce<Kind | undefined>(kindBelow, documentKind));
    if (value !== undefined) layers.push(nested(path, value));
    else
      problems.add(() => ({ where: variable, path: printPath(path), message: 'expected a list or a table as JSON' }));
  }
  const locate = (path: Path): string => variableFor(path, variables);
  const values = check(mergeLayers(layers), documentKind, [], (path, words) => {
    problems.add(() => ({ where: locate(path), path: printPath(path), message: words() }));
  });
  return { layer: { origin: 'environment', values: values as Table }, locate };
}

function pathOf(variable: string): string[] {
  return variable.slice(PREFIX.length).toLowerCase().split('__');
}

/** Whole tables first, so that a variable for a single key of one wins. */
function byDepth(one: string, other: string): number {
  return pathOf(one).length - pathOf(other).length || (one < other ? -1 : 1);
}

function nested(path: readonly string[], value: JsonLike): Table {
  const [key = '', ...rest] = path;
  const table = emptyTable();
  table[key] = rest.length === 0 ? value : nested(rest, value);
  return table;
}

/** The variable that set a key, a table above it, or else one that set something below it. */
function variableFor(path: Path, variables: readonly string[]): string {
  const above = variables.findLast((variable) => startsWith(path, pathOf(variable)));
  return above ?? variables.find((variable) => startsWith(pathOf(variable), path)) ?? 'environment';
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}
