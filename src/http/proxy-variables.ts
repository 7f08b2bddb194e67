const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** Whether an address may have to be reached through a proxy. Loopback addresses never are: no proxy could reach them. */
export function usesProxy(address: URL, environment: NodeJS.ProcessEnv): boolean {
  return !isLoopback(address.hostname) && proxyAddresses(environment).length > 0;
}

/** What the usual variables, in both cases, name as a proxy. */
export function proxyAddresses(environment: NodeJS.ProcessEnv): string[] {
  return VARIABLES.flatMap((name) => environment[name] || []);
}

/** Whether a host name means this machine. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
