import { bareHost } from '../config/index.ts';

/** Where a proxy listens, as it is configured. */
export interface DaemonAddress {
  /** A host name or an IP address; IPv6 with or without brackets. */
  readonly host: string;
  readonly port: number;
}

const WILDCARDS = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** What Claude Code takes as its base URL, for a profile as it is or in a session's own context. */
export function sessionUrl(proxyUrl: string, profile: string, context: string | null = null): string {
  return `${proxyUrl}/proxy/${profile}${context === null ? '' : `@${context}`}`;
}

/** The URL by which this machine reaches the proxy, without a trailing slash. A wildcard host becomes loopback. */
export function daemonUrl(address: DaemonAddress): string {
  const bare = bareHost(address.host);
  const host = WILDCARDS.get(bare) ?? bare;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
