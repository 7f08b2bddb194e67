/** Names that mean something already. */
const TAKEN_FROM_THE_START = ['auto', 'demo', 'local'];
const LONGEST_NAME = 64;

/** A name nobody has yet, made of a word: the provider's id, or the host of an address. */
export function freeName(word: string, taken: readonly string[]): string {
  const base = word
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, LONGEST_NAME - 4);
  const used = new Set([...taken, ...TAKEN_FROM_THE_START]);
  const name = base === '' ? 'profile' : base;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!used.has(candidate)) return candidate;
  }
}

/** What a provider is called by its address: `api.acme.example` is `acme`; one without a name of its own is `my-server`. */
export function nameOfAddress(address: string): string {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  if (/^[\d.]+$|[[\]:]/.test(host) || ['', 'localhost'].includes(host)) return 'my-server';
  const labels = host.split('.').filter((label) => !['api', 'www'].includes(label));
  return labels.length > 1 ? (labels.at(-2) ?? host) : (labels[0] ?? host);
}

/** The protocol that an address most likely speaks: nearly everybody offers that of OpenAI's Chat Completions. */
export function likelyProviderType(address: string): string {
  if (!URL.canParse(address)) return 'OpenAICompatible';
  const { hostname, pathname } = new URL(address);
  return /(?:^|\.)anthropic\.com$/.test(hostname) || /\/anthropic(?:\/|$)/.test(pathname)
    ? 'DirectAnthropic'
    : 'OpenAICompatible';
}
