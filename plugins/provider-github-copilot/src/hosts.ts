const GITHUB = 'github.com';
const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

/** Where an installation of GitHub has what Copilot needs, each without a trailing slash. */
export interface GitHubHosts {
  /** GitHub's own interface, which exchanges tokens. */
  readonly api: string;
  /** Copilot's, where the exchange names none. */
  readonly copilot: string;
}

/** The hosts of a domain: github.com, or the domain of an enterprise with data residency. One on this machine is taken as it is. */
export function hostsOf(domain = GITHUB): GitHubHosts {
  if (LOOPBACK.test(domain)) return { api: `http://${domain}`, copilot: `http://${domain}` };
  if (domain === GITHUB) return { api: 'https://api.github.com', copilot: 'https://api.githubcopilot.com' };
  return { api: `https://api.${domain}`, copilot: `https://copilot-api.${domain}` };
}

/** Whether a token of Copilot may be sent to an address: to Copilot's own hosts, those of the domain, and this machine. */
export function isTrustworthy(address: string, domain = GITHUB): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hostname } = new URL(address);
  if (LOOPBACK.test(host)) return protocol === 'http:' || protocol === 'https:';
  return protocol === 'https:' && ['githubcopilot.com', domain].some((parent) => hostname.endsWith(`.${parent}`));
}
