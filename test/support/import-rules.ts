/** What one part of the source may import. `*` allows any module of Node's own. */
export interface ImportRule {
  /** Rooms of `src/` whose `index.ts` may be imported. */
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
  /** Packages of which only types may be imported. */
  readonly typesOf?: readonly string[];
  /** Modules of Node without the `node:` prefix. */
  readonly node: '*' | readonly string[];
  /** Globals that must not be used. `Math.random` names one member. */
  readonly withoutGlobals?: readonly string[];
}

const SDK = '@claudex/sdk';
const OCLIF = '@oclif/core';

/** Only `src/http` may open connections, so that limits, proxies and scrubbing cannot be forgotten. */
const NETWORK_GLOBALS = ['fetch', 'WebSocket', 'EventSource'];

/** Everything that would make a function give another answer the second time. */
const EFFECTS = [
  ...NETWORK_GLOBALS,
  'Date',
  'Math.random',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'crypto',
  'performance',
  'console',
  'navigator',
  'globalThis',
  'global',
];

/** Members of those globals that depend on nothing but their arguments. */
export const PURE_MEMBERS: ReadonlySet<string> = new Set(['Date.parse']);

/**
 * Which room of `src/` may import what. Arrows point down: a room names only rooms that know nothing of it.
 * A new folder of `src/` needs a row here.
 */
export const ROOMS: { readonly [room: string]: ImportRule } = {
  errors: { rooms: [], packages: [], node: [], withoutGlobals: EFFECTS },
  http: {
    rooms: ['errors'],
    packages: ['node-fetch', 'proxy-agent', 'undici'],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  state: {
    rooms: ['errors'],
    packages: ['@napi-rs/keyring', 'write-file-atomic'],
    typesOf: [SDK],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  config: {
    rooms: ['errors', 'state'],
    packages: ['@decimalturn/toml-patch', 'cosmiconfig', 'smol-toml', 'yaml'],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  registry: { rooms: ['errors'], packages: [SDK], typesOf: [OCLIF], node: [], withoutGlobals: NETWORK_GLOBALS },
  router: { rooms: ['config', 'errors'], packages: [SDK], node: [], withoutGlobals: EFFECTS },
  failover: { rooms: [], packages: [SDK], node: [], withoutGlobals: EFFECTS },
  catalogue: {
    rooms: ['oauth', 'router', 'config', 'http', 'state'],
    packages: [SDK],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  oauth: {
    rooms: ['router', 'http', 'config', 'errors'],
    packages: [],
    typesOf: [SDK],
    node: ['crypto'],
    withoutGlobals: NETWORK_GLOBALS,
  },
  local: {
    rooms: ['catalogue', 'router', 'http', 'config', 'errors'],
    packages: [],
    typesOf: [SDK],
    node: [],
    withoutGlobals: NETWORK_GLOBALS,
  },
  daemon: { rooms: ['config', 'errors', 'http', 'state'], packages: [], node: '*', withoutGlobals: NETWORK_GLOBALS },
  launcher: {
    rooms: ['daemon', 'config', 'errors'],
    packages: ['cross-spawn'],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  proxy: {
    rooms: ['local', 'oauth', 'router', 'failover', 'registry', 'catalogue', 'http', 'config', 'state', 'errors'],
    packages: [
      SDK,
      'ai-tokenizer',
      'koa',
      '@koa/router',
      'eventsource-parser',
      'pino',
      'prom-client',
      'secure-json-parse',
    ],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  usage: {
    rooms: ['router', 'catalogue', 'state', 'errors'],
    packages: [],
    typesOf: [SDK],
    node: [],
    withoutGlobals: NETWORK_GLOBALS,
  },
  trial: {
    rooms: ['proxy', 'oauth', 'router', 'registry', 'http', 'config', 'errors'],
    packages: [SDK],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  overview: {
    rooms: ['daemon', 'router', 'registry', 'config', 'state', 'errors'],
    packages: [],
    node: ['timers/promises'],
    withoutGlobals: NETWORK_GLOBALS,
  },
  doctor: {
    rooms: [
      'terminal',
      'daemon',
      'launcher',
      'local',
      'catalogue',
      'router',
      'registry',
      'http',
      'config',
      'state',
      'errors',
    ],
    packages: [],
    node: '*',
    withoutGlobals: NETWORK_GLOBALS,
  },
  terminal: {
    rooms: ['config', 'errors', 'state'],
    packages: [OCLIF, 'inquirer', 'listr2', 'string-width'],
    node: ['util'],
    withoutGlobals: NETWORK_GLOBALS,
  },
  wizard: {
    rooms: ['terminal', 'trial', 'catalogue', 'registry', 'router', 'config', 'state', 'errors'],
    packages: [],
    typesOf: [SDK],
    node: ['stream/consumers', 'util'],
    withoutGlobals: NETWORK_GLOBALS,
  },
};

/** Commands, hooks and the way into the program stand above all rooms; nobody may import them. */
export const TOP: { readonly [folder: string]: ImportRule } = {
  commands: { rooms: Object.keys(ROOMS), packages: [OCLIF], node: '*', withoutGlobals: NETWORK_GLOBALS },
  hooks: { rooms: Object.keys(ROOMS), packages: [], typesOf: [OCLIF], node: [], withoutGlobals: NETWORK_GLOBALS },
  program: {
    rooms: ['launcher', 'registry'],
    packages: [OCLIF],
    node: ['fs', 'os', 'path', 'url'],
    withoutGlobals: NETWORK_GLOBALS,
  },
};

/** What a bundled plugin may import, by the kind its name begins with. None may import `src/`. */
export const PLUGINS: { readonly [kind: string]: ImportRule } = {
  sdk: { rooms: [], packages: [], node: [], withoutGlobals: EFFECTS },
  protocol: { rooms: [], packages: [SDK], node: [], withoutGlobals: EFFECTS },
  provider: { rooms: [], packages: [SDK, 'google-auth-library'], node: '*', withoutGlobals: NETWORK_GLOBALS },
};
