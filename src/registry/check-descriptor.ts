const ID = /^[a-z0-9][a-z0-9-]*$/;
const PROTOCOL_FUNCTIONS = [
  'endpoint',
  'authenticate',
  'encodeRequest',
  'decodeResponse',
  'decodeStream',
  'decodeFault',
];

/** What is wrong with something a plugin calls a protocol; `undefined` when it can be used. */
export function problemOfProtocol(descriptor: unknown): string | undefined {
  const common = problemOfAny(descriptor);
  if (common !== undefined) return common;
  const protocol = descriptor as Record<string, unknown>;
  const missing = PROTOCOL_FUNCTIONS.find((name) => typeof protocol[name] !== 'function');
  if (missing !== undefined) return `protocol "${String(protocol['id'])}" has no function ${missing}`;
  if (!Array.isArray(protocol['providerTypes']))
    return `protocol "${String(protocol['id'])}" has no list providerTypes`;
  return undefined;
}

/** What is wrong with something a plugin calls a provider; `undefined` when it can be used. */
export function problemOfProvider(descriptor: unknown): string | undefined {
  const common = problemOfAny(descriptor);
  if (common !== undefined) return common;
  const provider = descriptor as Record<string, unknown>;
  const name = `provider "${String(provider['id'])}"`;
  if (typeof provider['protocol'] !== 'string') return `${name} names no protocol`;
  const models = provider['models'];
  if (typeof models !== 'object' || models === null || typeof (models as { default?: unknown }).default !== 'string') {
    return `${name} has no models.default`;
  }
  for (const optional of ['start', 'endpoint', 'authenticate']) {
    if (provider[optional] !== undefined && typeof provider[optional] !== 'function')
      return `${name}: ${optional} is not a function`;
  }
  if (provider['baseUrl'] !== undefined && !isHttpAddress(provider['baseUrl']))
    return `${name}: baseUrl is not an http(s) address`;
  return undefined;
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
