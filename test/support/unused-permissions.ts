import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { packageOf, placeOf } from './check-imports.ts';
import { PLUGINS, ROOMS, TOP, type ImportRule } from './import-rules.ts';
import { parseSource } from './parse-source.ts';

/** The rows of the table. What stands above all rooms may use each of them, so that is no permission to be used up. */
const TABLE: { readonly [row: string]: ImportRule } = {
  ...ROOMS,
  ...Object.fromEntries(Object.entries(TOP).map(([folder, rule]) => [folder, { ...rule, rooms: [] }])),
  ...PLUGINS,
};

/**
 * Finds what the table permits although none of these files does it.
 * @param files paths from the root of the repository, with `/`, and their texts
 * @returns lines such as `proxy: koa`
 */
export function unusedPermissions(files: Iterable<readonly [file: string, text: string]>): string[] {
  const used = new Set<string>();
  for (const [file, text] of files) {
    const place = placeOf(file);
    if (place === undefined) continue;
    for (const { specifier = '' } of parseSource(file, text).references) {
      used.add(`${place.row}: ${permissionFor(file, specifier, place.rule)}`);
    }
  }
  const given = Object.entries(TABLE).flatMap(([row, rule]) => permissionsOf(rule).map((name) => `${row}: ${name}`));
  return given.filter((permission) => !used.has(permission));
}

function permissionsOf({ rooms, packages, typesOf = [], node }: ImportRule): string[] {
  return [...rooms, ...packages, ...typesOf, ...Array.from(node, (name) => `node:${name}`)];
}

/** What an import needs: a room, a package or a module of Node. */
function permissionFor(file: string, specifier: string, { node }: ImportRule): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier).split('/')[1] ?? '';
  if (isBuiltin(specifier)) return node === '*' ? 'node:*' : specifier;
  return packageOf(specifier);
}
