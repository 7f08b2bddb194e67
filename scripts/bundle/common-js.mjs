import { createRequire, findPackageJSON } from 'node:module';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';

const LATE = 'common-js';

/**
 * Gives `await import('package')` the named exports that Node finds in a package of CommonJS. In a file of its own esbuild
 * leaves such a package nothing but its default export.
 * @type {import('esbuild').Plugin}
 */
export const commonJsPlugin = {
  name: 'common-js',
  setup(build) {
    build.onResolve({ filter: /^@?[a-z]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === LATE || importer.includes('node_modules')) return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: LATE });
      if (found.external || found.errors.length > 0 || !isCommonJs(found.path)) return undefined;
      return { path: found.path, namespace: LATE, pluginData: resolveDir };
    });
    build.onLoad({ filter: /./, namespace: LATE }, ({ path, pluginData }) => ({
      contents: withNames(path),
      loader: 'js',
      resolveDir: pluginData,
    }));
  },
};

function isCommonJs(file) {
  if (extname(file) !== '.js') return extname(file) === '.cjs';
  return JSON.parse(readFileSync(findPackageJSON(pathToFileURL(file)), 'utf8')).type !== 'module';
}

function withNames(file) {
  const names = Object.keys(createRequire(import.meta.url)(file)).filter(
    (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
  );
  return [
    `const all = require(${JSON.stringify(file)});`,
    'export default all;',
    ...names.map((name) => `const $${name} = all.${name};`),
    `export { ${names.map((name) => `$${name} as ${name}`).join(', ')} };`,
  ].join('\n');
}
