import { createRequire } from 'node:module';

/** The types of content that the proxy answers with or is asked for. */
const CONTENT_TYPES = [
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'text/event-stream',
  'text/html',
  'text/plain',
];

/**
 * Packages of which little is needed, or seldom, and what stands in for each: it answers the usual case and loads the
 * package for the rest, or is the part of the package that is used.
 * @type {{readonly [name: string]: {readonly importer: RegExp, readonly contents: string | ((importer: string) => string)}}}
 */
const STAND_INS = {
  // Builds regular expressions over all emoji: 18 ms. Printable ASCII is as wide as it is long.
  'string-width': {
    importer: /[\\/]src[\\/]/,
    contents: `export default (text, options) =>
      /^[\\x20-\\x7e]*$/.test(text) ? text.length : require('string-width').default(text, options);`,
  },
  // Compares the name of each dependency with each pattern of "oclif.plugins": 6 ms. Ours are names, and one beginning.
  minimatch: {
    importer: /@oclif[\\/]core[\\/]lib[\\/]config/,
    contents: `exports.minimatch = (name, pattern) => {
      if (!/^[\\w@/-]+\\*?$/.test(pattern)) return require('minimatch').minimatch(name, pattern);
      const beginning = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
      if (beginning === undefined) return name === pattern;
      return name.startsWith(beginning) && !name.includes('/', beginning.length);
    };`,
  },
  // Asks what the terminal can do: 5 ms. It says nothing unless the environment asks for it.
  debug: {
    importer: /@oclif[\\/]core[\\/]lib[\\/]logger/,
    contents: `module.exports = (namespace) => (process.env.DEBUG ? require('debug')(namespace) : () => undefined);`,
  },
  // Looks for commands in folders. The manifest says which there are.
  tinyglobby: {
    importer: /@oclif[\\/]core[\\/]lib[\\/]config/,
    contents: `exports.glob = (...given) => require('tinyglobby').glob(...given);`,
  },
  // Starts programs of Windows. oclif asks whether we are beside one.
  'wsl-utils': {
    importer: /@oclif[\\/]core[\\/]lib[\\/]util/,
    contents: `export { default as isWsl } from 'is-wsl';
      export const powerShellPath = async () => (await import('wsl-utils')).powerShellPath();`,
  },
  // Its index brings along fetch, WebSocket, caches and mocks, 900 kB of code. A name that is missing here fails the build.
  undici: {
    importer: /[\\/]src[\\/]/,
    contents: `export const Agent = require('undici/lib/dispatcher/agent.js');
      export const Client = require('undici/lib/dispatcher/client.js');
      export const Pool = require('undici/lib/dispatcher/pool.js');
      export const buildConnector = require('undici/lib/core/connect.js');`,
  },
  // All types of content that were ever registered, 200 kB of table that would be in memory for good.
  'mime-db': {
    importer: /[\\/]mime-types[\\/]/,
    contents: (importer) => {
      const known = createRequire(importer)('mime-db');
      return `module.exports = ${JSON.stringify(Object.fromEntries(CONTENT_TYPES.map((type) => [type, known[type]])))};`;
    },
  },
};

/** @type {import('esbuild').Plugin} */
export const lazyPackagesPlugin = {
  name: 'lazy-packages',
  setup(build) {
    const names = Object.keys(STAND_INS);
    build.onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path, importer, resolveDir, namespace }) =>
      namespace === 'file' && STAND_INS[path].importer.test(importer)
        ? {
            path,
            namespace: 'stand-in',
            suffix: `?${importer}`,
            pluginData: { importer, resolveDir },
            sideEffects: false,
          }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'stand-in' }, ({ path, pluginData: { importer, resolveDir } }) => {
      const { contents } = STAND_INS[path];
      return { contents: typeof contents === 'string' ? contents : contents(importer), loader: 'js', resolveDir };
    });
  },
};
