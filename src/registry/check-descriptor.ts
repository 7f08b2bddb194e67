import { messageOf } from '../errors/index.ts';

const ID = /^[a-z0-9][a-z0-9-]*$/;
const PROTOCOL_FUNCTIONS = [
  'endpoint',
  'authenticate',
  'encodeRequest',
  'decodeResponse',
  'decodeStream',
  'decodeFault',
];

/** What is wrong with something a plugin calls a protocol; `undefined` when it can be used. Never throws. */
export function problemOfProtocol(descriptor: unknown): string | undefined {
  return guarded(() => {
    const common = problemOfAny(descriptor);
    if (common !== undefined) return common;
    const protocol = descriptor as Descriptor;
    const name = `protocol "${String(protocol['id'])}"`;
    const missing = PROTOCOL_FUNCTIONS.find((member) => typeof protocol[member] !== 'function');
    if (missing !== undefined) return `${name} has no function ${missing}`;
    if (!isListOf(protocol['providerTypes'], isText)) return `${name} has no list providerTypes`;
    return undefined;
  });
}

/** What is wrong with something a plugin calls a provider; `undefined` when it can be used. Never throws. */
export function problemOfProvider(descriptor: unknown): string | undefined {
  return guarded(() => {
    const common = problemOfAny(descriptor);
    if (common !== undefined) return common;
    const provider = descriptor as Descriptor;
    const name = `provider "${String(provider['id'])}"`;
    if (!isText(provider['protocol'])) return `${name} names no protocol`;
    if (!isTable(provider['models']) || !isText(provider['models']['default'])) return `${name} has no models.default`;
    const wrong = Object.entries(PROVIDER_MEMBERS).find(
      ([member, { fits }]) => provider[member] !== undefined && !fits(provider[member]),
    );
    return wrong === undefined ? undefined : `${name}: ${wrong[0]} is not ${wrong[1].what}`;
  });
}

/** What is wrong with something a plugin calls a search; `undefined` when it can be used. Never throws. */
export function problemOfSearch(descriptor: unknown): string | undefined {
  return guarded(() => {
    const common = problemOfAny(descriptor);
    if (common !== undefined) return common;
    const search = descriptor as Descriptor;
    const name = `search "${String(search['id'])}"`;
    if (!isFunction(search['search'])) return `${name} has no function search`;
    const { fetchPage } = search;
    return fetchPage === undefined || isFunction(fetchPage) ? undefined : `${name}: fetchPage is not a function`;
  });
}

type Descriptor = { readonly [member: string]: unknown };
type Check = (value: unknown) => boolean;

const isText = (value: unknown): value is string => typeof value === 'string';
const isFunction: Check = (value) => typeof value === 'function';
const isTable = (value: unknown): value is Descriptor =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = (value: unknown, fits: Check): boolean => Array.isArray(value) && value.every(fits);
const isTableOf = (value: unknown, fits: Check): boolean => isTable(value) && Object.values(value).every(fits);

/** The members of a provider that may be absent, and what they have to be when they are not. */
const PROVIDER_MEMBERS: { readonly [member: string]: { readonly what: string; readonly fits: Check } } = {
  baseUrl: { what: 'an http(s) address', fits: isHttpAddress },
  keyVariables: { what: 'a list of names', fits: (value) => isListOf(value, isText) },
  needsCredential: { what: 'true or false', fits: (value) => typeof value === 'boolean' },
  models: { what: 'a table of names', fits: (value) => isTableOf(value, isText) },
  knownModels: {
    what: 'a list of models with ids',
    fits: (value) => isListOf(value, (model) => isTable(model) && isText(model['id'])),
  },
  publicLists: { what: 'a list of ids', fits: (value) => isListOf(value, isText) },
  quirks: { what: 'a table', fits: isTable },
  headers: { what: 'a table of texts', fits: (value) => isTableOf(value, isText) },
  local: { what: 'true or false', fits: (value) => typeof value === 'boolean' },
  endpoints: {
    what: 'a list of endpoints with addresses by protocol',
    fits: (value) => isListOf(value, (endpoint) => isTable(endpoint) && isTableOf(endpoint['bases'], isText)),
  },
  wires: { what: 'a table of tables', fits: (value) => isTableOf(value, isTable) },
  options: {
    what: 'a table of options with a meaning',
    fits: (value) => isTableOf(value, (option) => isTable(option) && isText(option['meaning'])),
  },
  keyPage: { what: 'a text', fits: isText },
  policy: { what: 'a text', fits: isText },
  knownGaps: { what: 'a list of sentences', fits: (value) => isListOf(value, isText) },
  localServer: {
    what: 'a table that says how the server is started, gets models and a larger window',
    fits: (value) =>
      isTable(value) &&
      typeof value['rank'] === 'number' &&
      ['start', 'addModel', 'widen'].every((name) => isText(value[name])),
  },
  describeModels: { what: 'a function', fits: isFunction },
  protocolOf: { what: 'a function', fits: isFunction },
  requestHeaders: { what: 'a function', fits: isFunction },
  connect: { what: 'a function', fits: isFunction },
  start: { what: 'a function', fits: isFunction },
  endpoint: { what: 'a function', fits: isFunction },
  authenticate: { what: 'a function', fits: isFunction },
};

/** A descriptor is a stranger's object: even looking at it may throw. */
function guarded(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch (error) {
    return `looking at it failed: ${messageOf(error)}`;
  }
}

function problemOfAny(descriptor: unknown): string | undefined {
  if (typeof descriptor !== 'object' || descriptor === null) return 'it is not an object';
  const { id, specVersion, title } = descriptor as Record<string, unknown>;
  if (typeof id !== 'string' || !ID.test(id))
    return `its id ${JSON.stringify(id)} is not lower-case letters, digits and dashes`;
  if (specVersion !== 1) return `"${id}" has specVersion ${JSON.stringify(specVersion)}; this Claudex understands 1`;
  if (typeof title !== 'string') return `"${id}" has no title`;
  return undefined;
}

function isHttpAddress(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
