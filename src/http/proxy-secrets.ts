import { proxyAddresses } from './proxy-variables.ts';

/** The passwords of the network's proxies, as the usual variables name them. An error might quote one. */
export function proxySecrets(environment: NodeJS.ProcessEnv): string[] {
  return proxyAddresses(environment).flatMap((address) => passwordOf(address) || []);
}

function passwordOf(address: string): string | undefined {
  const url = URL.parse(address.includes('://') ? address : `http://${address}`);
  if (!url) return undefined;
  try {
    return decodeURIComponent(url.password);
  } catch {
    // Nobody is made to encode a percent sign.
    return url.password;
  }
}
