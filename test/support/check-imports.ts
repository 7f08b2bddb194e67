import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { PLUGINS, PURE_MEMBERS, ROOMS, TOP, type ImportRule } from './import-rules.ts';
import { parseSource, type ModuleReference } from './parse-source.ts';

/** Where a file of the source belongs. */
export interface Place {
  /** The row of the table. */
  readonly row: string;
  /** `src` or `plugins/<folder>/src`. */
  readonly base: string;
  /** The room below `src`, undefined in a plugin. */
  readonly room: string | undefined;
  readonly rule: ImportRule;
}

/**
 * Compares the imports and globals of one file with the rules.
 * @param file path from the root of the repository, with `/`
 * @returns one line for each violation, beginning with `file:line`
 */
export function checkImports(file: string, text: string): string[] {
  const place = placeOf(file);
  if (place === undefined) return [`${file}:1 lies in no room that test/support/import-rules.ts knows`];
  const { references, names, imported } = parseSource(file, text);
  const problems: string[] = [];
  for (const reference of references) {
    const problem = judge(file, place, reference);
    if (problem !== undefined) problems.push(`${file}:${reference.line} ${problem}`);
  }
  for (const { name, line } of names) {
    const root = name.split('.')[0] ?? name;
    if (!imported.has(root) && isForbidden(place.rule, name, root)) problems.push(`${file}:${line} uses ${name}`);
  }
  return problems;
}

function isForbidden({ withoutGlobals = [] }: ImportRule, name: string, root: string): boolean {
  return withoutGlobals.includes(name) || (withoutGlobals.includes(root) && !PURE_MEMBERS.has(name));
}

/** Finds the place of a file by its path from the root of the repository; undefined when no row of the table is about it. */
export function placeOf(file: string): Place | undefined {
  const [top, second, third, ...rest] = file.split('/');
  if (top === 'src' && second !== undefined && third !== undefined) {
    const rule = ROOMS[second] ?? TOP[second];
    return rule && { row: second, base: 'src', room: second, rule };
  }
  if (top === 'plugins' && second !== undefined && third === 'src' && rest.length > 0) {
    const [kind = ''] = second.split('-');
    const rule = PLUGINS[kind];
    return rule && { row: kind, base: `plugins/${second}/src`, room: undefined, rule };
  }
  return undefined;
}

function judge(file: string, place: Place, { specifier, typeOnly }: ModuleReference): string | undefined {
  if (specifier === undefined) return 'imports a module whose name is computed';
  if (specifier.startsWith('.')) return judgeRelative(file, place, specifier);
  if (isBuiltin(specifier)) return judgeBuiltin(place.rule, specifier);
  const name = packageOf(specifier);
  if (place.rule.packages.includes(name)) return undefined;
  if (typeOnly && place.rule.typesOf?.includes(name)) return undefined;
  return place.rule.typesOf?.includes(name) ? `imports more than types of ${name}` : `must not import ${name}`;
}

function judgeRelative(file: string, place: Place, specifier: string): string | undefined {
  if (!specifier.endsWith('.ts')) return `imports ${specifier} without .ts`;
  const target = posix.join(posix.dirname(file), specifier);
  if (!target.startsWith(`${place.base}/`)) return `leaves ${place.base} by importing ${specifier}`;
  if (place.room === undefined) return undefined;
  const [, room = '', ...rest] = target.split('/');
  if (room === place.room && room !== 'commands') return undefined;
  if (room in TOP) return `imports ${room}, which nobody may`;
  if (!place.rule.rooms.includes(room)) return `must not import the room ${room}`;
  return rest.join('/') === 'index.ts' ? undefined : `imports ${room} past its index.ts`;
}

function judgeBuiltin(rule: ImportRule, specifier: string): string | undefined {
  if (!specifier.startsWith('node:')) return `imports ${specifier} without the prefix node:`;
  if (rule.node === '*' || rule.node.includes(specifier.slice('node:'.length))) return undefined;
  return `must not import ${specifier}`;
}

/** The package of an import such as `@scope/name/part`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
