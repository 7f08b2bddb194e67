import type { SearchOptions } from '@claudex/sdk/codec';

/**
 * Whether a page belongs to the domains that a client allows and to none that it blocks. A domain stands for its
 * subdomains, too, and may go on with the beginning of a path: `example.com/blog`.
 */
export function isAllowed(url: string, { allowedDomains, blockedDomains }: SearchOptions): boolean {
  const isOf = (domain: string): boolean => belongsTo(url, domain);
  if (allowedDomains !== undefined && !allowedDomains.some(isOf)) return false;
  return blockedDomains === undefined || !blockedDomains.some(isOf);
}

function belongsTo(url: string, domain: string): boolean {
  const { hostname, pathname } = new URL(url);
  const [host = '', ...path] = domain
    .trim()
    .replace(/^https?:\/\//i, '')
    .split('/');
  const name = host.replace(/^\*\./, '').toLowerCase();
  if (name === '' || (hostname !== name && !hostname.endsWith(`.${name}`))) return false;
  const [start = ''] = path.join('/').split('*');
  return pathname.startsWith(`/${start}`);
}
