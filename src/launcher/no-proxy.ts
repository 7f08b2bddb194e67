const NAMES = ['NO_PROXY', 'no_proxy'] as const;

/**
 * Both spellings of `NO_PROXY` with this machine, and the given hosts, added. What was there stays; where only
 * one spelling was set, it counts for both.
 */
export function noProxyVariables(
  environment: NodeJS.ProcessEnv,
  hosts: readonly string[] = [],
): { NO_PROXY: string; no_proxy: string } {
  const [upper, lower] = NAMES.map((name) => environment[name]);
  const wanted = ['127.0.0.1', 'localhost', ...hosts];
  return { NO_PROXY: withHosts(upper ?? lower, wanted), no_proxy: withHosts(lower ?? upper, wanted) };
}

function withHosts(list: string | undefined, hosts: readonly string[]): string {
  const present = (list ?? '').split(/[,\s]+/).filter((host) => host !== '');
  if (present.includes('*')) return present.join(',');
  return [...new Set([...present, ...hosts])].join(',');
}
