import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const ID = 'proxy-variables';
const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;

/** Whether the variables that lead through a proxy make sense. Their values may hold a password and are never shown. */
export function checkProxyVariables({ environment }: Installation): Diagnosis[] {
  const set = NAMES.flatMap((name) => [name, name.toLowerCase()]).filter((name) => environment[name]);
  if (set.length === 0) return [ok(ID, 'No proxy of your network is set')];
  const found = [...set.flatMap((name) => unusable(name, environment[name] ?? '')), ...conflicts(environment)];
  if (!leavesLoopbackAlone(environment)) {
    found.push(
      warning(ID, 'NO_PROXY does not leave this machine alone', {
        detail: `${set.join(', ')} are set; "claudex run" adds 127.0.0.1 and localhost for claude, other programs would ask that proxy for ours.`,
        remedy: 'Add 127.0.0.1,localhost to NO_PROXY.',
      }),
    );
  }
  return found.length > 0 ? found : [ok(ID, 'A proxy of your network is set', set.join(', '))];
}

function unusable(name: string, value: string): Diagnosis[] {
  // A host and a port are understood, too.
  const address = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(address) && /^(?:https?|socks(?:4a?|5h?)?):$/.test(new URL(address).protocol)) return [];
  return [
    problem(ID, `${name} is no address of a proxy`, {
      detail: 'Providers cannot be reached through it.',
      remedy: `Write it as http://host:port, or unset ${name}.`,
    }),
  ];
}

function conflicts(environment: NodeJS.ProcessEnv): Diagnosis[] {
  return [...NAMES, 'NO_PROXY'].flatMap((name) => {
    const [upper, lower] = [environment[name], environment[name.toLowerCase()]];
    if (!upper || !lower || upper === lower) return [];
    return [
      warning(ID, `${name} and ${name.toLowerCase()} differ`, {
        detail: 'Programs do not agree which of them counts.',
        remedy: 'Set both to the same, or unset one.',
      }),
    ];
  });
}

function leavesLoopbackAlone(environment: NodeJS.ProcessEnv): boolean {
  const list = environment['NO_PROXY'] || environment['no_proxy'] || '';
  const hosts = new Set(list.toLowerCase().split(/[,\s]+/));
  return hosts.has('*') || (hosts.has('127.0.0.1') && hosts.has('localhost'));
}
