const SCHEME = /^https?:\/\//i;
/** Where servers listen to be reached from everywhere; as a target it means this machine. */
const EVERYWHERE: { readonly [host: string]: string } = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/**
 * Reads an address as people and variables such as `OLLAMA_HOST` write it: a whole URL, `host:port`, a host or `:port`.
 * What is left out comes from the usual address. Gives a base URL without a trailing slash; undefined for what is none.
 */
export function addressOf(text: string, usual = 'https://localhost'): string | undefined {
  const whole = SCHEME.test(text) ? text : completed(text, usual);
  if (whole === undefined || !URL.canParse(whole)) return undefined;
  const address = new URL(whole);
  // A key in an address would show up in logs; a query cannot have a path behind it.
  if (address.username !== '' || address.password !== '' || /[?#{}]/.test(whole)) return undefined;
  address.hostname = EVERYWHERE[address.hostname] ?? address.hostname;
  return address.href.replace(/\/+$/, '');
}

function completed(text: string, usual: string): string | undefined {
  const { protocol, hostname, port } = new URL(usual);
  const [, host = '', own = '', path = ''] =
    /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*)(:\d{1,5})?(\/[^\s]*)?$/.exec(text) ?? [];
  // Digits alone would be read as the number of an address.
  if ((host === '' && own === '') || /^\d+$/.test(host)) return undefined;
  const number = own !== '' ? own : port === '' ? '' : `:${port}`;
  return `${protocol}//${host || hostname}${number}${path}`;
}
