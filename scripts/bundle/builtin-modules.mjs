import { builtinModules } from 'node:module';

/**
 * Loaded when something of them is used for the first time: they bring along all of OpenSSL, the server and the client of
 * HTTP, the compression and the sockets between processes, of which a command that only reads needs nothing.
 */
const SELDOM_USED = new Set(['child_process', 'crypto', 'http', 'https', 'zlib']);

/** Modules that exist only with their prefix are young enough to be missing in some Node. */
const NAMES = builtinModules.filter((name) => !name.startsWith('node:') && !name.startsWith('_'));

/**
 * Takes modules of Node's own without an `import`. For an `import` Node reads every export once, the lazy ones too:
 * `node:http` alone would load a whole client for WebSocket, which costs about as much as starting Node does.
 * @type {import('esbuild').Plugin}
 */
export const builtinModulesPlugin = {
  name: 'builtin-modules',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(?:node:)?(?:${NAMES.join('|')})$`) }, ({ path, kind, importer }) => {
      if (kind !== 'import-statement') return undefined;
      // One for each importer, which then lies beside it: a file of their own would cost more than they do.
      const suffix = `?${importer}`;
      return { path: path.replace(/^node:/, ''), suffix, namespace: 'builtin', sideEffects: false };
    });
    build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: accessTo(path), loader: 'js' }));
  },
};

/** A module with the same exports, of which esbuild keeps what somebody imports. */
function accessTo(name) {
  const builtin = process.getBuiltinModule(name);
  const keys = Object.keys(builtin).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default');
  const isLazy = SELDOM_USED.has(name);
  return [
    isLazy ? lazyDefault(name, keys) : `const builtin = process.getBuiltinModule('node:${name}');`,
    'export default builtin;',
    ...keys.map((key) => `const $${key} = ${isLazy && typeof builtin[key] === 'function' ? late(key) : early(key)};`),
    `export { ${keys.map((key) => `$${key} as ${key}`).join(', ')} };`,
  ].join('\n');
}

function early(key) {
  return `/* @__PURE__ */ (() => builtin.${key})()`;
}

/** Serves calls and `new`. */
function late(key) {
  return `function (...given) { return new.target ? new builtin.${key}(...given) : builtin.${key}(...given); }`;
}

function lazyDefault(name, keys) {
  return `const builtin = /* @__PURE__ */ Object.defineProperties({}, /* @__PURE__ */ Object.fromEntries(
    ${JSON.stringify(keys)}.map((key) => [key, { enumerable: true, get: () => process.getBuiltinModule('node:${name}')[key] }])));`;
}
