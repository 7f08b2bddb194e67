import type { Operation, Protocol } from '../../index.ts';
import { demandNone, type CheckGroup, type Subject } from './check.ts';

const OPERATIONS: readonly Operation[] = ['messages', 'count-tokens', 'models'];
const CREDENTIAL = 'credential-0123456789';

/** Checks what a protocol says about itself. */
export function descriptorChecks({ protocol }: Subject): CheckGroup {
  return {
    title: 'the descriptor',
    unchecked: [],
    checks: [
      { title: 'has the fields of the contract', run: () => demandNone(fieldProblems(protocol)) },
      { title: 'names a path for messages', run: () => demandNone(endpointProblems(protocol)) },
      { title: 'carries the credential in headers', run: () => demandNone(headerProblems(protocol)) },
    ],
  };
}

function fieldProblems(protocol: Protocol): string[] {
  const problems: string[] = [];
  const { specVersion, id, title, providerTypes } = protocol;
  if (specVersion !== 1) problems.push(`specVersion is ${String(specVersion)}`);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) problems.push(`the id ${JSON.stringify(id)} is not in kebab case`);
  if (typeof title !== 'string' || title.trim() === '') problems.push('there is no title');
  if (!Array.isArray(providerTypes) || providerTypes.some((type) => typeof type !== 'string' || type === ''))
    problems.push('providerTypes is not a list of words');
  const required = ['endpoint', 'authenticate', 'encodeRequest', 'decodeResponse', 'decodeStream', 'decodeFault'];
  const client = ['decodeRequest', 'encodeResponse', 'encodeStream', 'encodeFault'];
  problems.push(...missingFunctions(protocol, required, ''));
  if (protocol.client !== undefined) problems.push(...missingFunctions(protocol.client, client, 'client.'));
  return problems;
}

function missingFunctions(holder: object, names: readonly string[], prefix: string): string[] {
  return names
    .filter((name) => typeof Reflect.get(holder, name) !== 'function')
    .map((name) => `${prefix}${name} is not a function`);
}

function endpointProblems(protocol: Protocol): string[] {
  return OPERATIONS.flatMap((operation) => {
    const path = protocol.endpoint(operation);
    if (path === undefined) return operation === 'messages' ? ['there is no path for messages'] : [];
    return path.startsWith('/') ? [] : [`the path for ${operation} does not begin with a slash`];
  });
}

function headerProblems(protocol: Protocol): string[] {
  const credential = Object.entries(protocol.authenticate(CREDENTIAL));
  const headers = [...credential, ...Object.entries(protocol.headers ?? {})];
  const problems = headers
    .filter(([name, value]) => !/^[a-z0-9-]+$/.test(name) || typeof value !== 'string' || /[\r\n]/.test(value))
    .map(([name]) => `the header ${JSON.stringify(name)} is not a lower-case name with a line of text`);
  if (!credential.some(([, value]) => value.includes(CREDENTIAL))) problems.push('no header carries the credential');
  return problems;
}
