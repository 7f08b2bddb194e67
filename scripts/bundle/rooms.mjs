import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, posix, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { TAKE_FROM_SHELF, takesFromShelf } from './shelf.mjs';

/** A name, as opposed to a default or to everything. */
const NAME = /** @type {any} */ ('Name');
const INDEX = /^\.\.?\/(?:.*\/)?index\.ts$/;

/**
 * Leads each import from the `index.ts` of a room to the module that has what is imported. esbuild would let everybody
 * who imports one thing of a room load all of it: it puts together what is reachable, not what is used.
 * @type {import('esbuild').Plugin}
 */
export const roomsPlugin = {
  name: 'rooms',
  setup(build) {
    const places = new Map();
    const later = new Set();
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, kind, resolveDir }) => {
      if (kind === 'dynamic-import') later.add(resolve(resolveDir, path));
      return undefined;
    });
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.includes('/index.ts') ? withDirectImports(path, text, places) : text;
      return { contents: takesFromShelf(path, later) ? contents + TAKE_FROM_SHELF : contents, loader: 'ts' };
    });
  },
};

function withDirectImports(file, text, places) {
  let rewritten = '';
  let end = 0;
  for (const statement of parseSync(file, text).module.staticImports) {
    const { moduleRequest, entries } = statement;
    if (!INDEX.test(moduleRequest.value) || !entries.every(({ importName }) => importName.kind === NAME)) continue;
    const index = resolve(dirname(file), moduleRequest.value);
    const direct = entries
      .filter(({ isType }) => !isType)
      .map(({ importName, localName }) => directImport(file, index, importName.name, localName.value, places));
    // As many lines as before, for the source map.
    const lines = text.slice(statement.start, statement.end).split('\n').length - 1;
    rewritten += text.slice(end, statement.start) + direct.join(' ') + '\n'.repeat(lines);
    end = statement.end;
  }
  return rewritten + text.slice(end);
}

function directImport(file, index, name, localName, places) {
  const { module, name: original } = placesIn(index, places).get(name) ?? { module: index, name };
  const path = relative(dirname(file), module).split('\\').join(posix.sep);
  return `import { ${original} as ${localName} } from './${path}';`;
}

/** Where each name lives that the `index.ts` of a room passes on. */
function placesIn(index, places) {
  let found = places.get(index);
  if (found) return found;
  found = new Map();
  for (const { entries } of parseSync(index, readFileSync(index, 'utf8')).module.staticExports) {
    for (const { moduleRequest, importName, exportName } of entries) {
      if (!moduleRequest || importName.kind !== NAME || exportName.kind !== NAME) continue;
      found.set(exportName.name, { module: resolve(dirname(index), moduleRequest.value), name: importName.name });
    }
  }
  places.set(index, found);
  return found;
}
