import { hash, timingSafeEqual } from 'node:crypto';
import type { Context, Next } from 'koa';
import { NO_RETRY, RequestError } from '../request-error.ts';

/** What the guard compares with. */
export interface GuardOptions {
  /** Exact values of the `Host` header, lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly token: string;
}

/**
 * Lets only local programs that know the token through. The raw `Host` is compared as a string, because a page
 * in a browser can point any name at 127.0.0.1; an `Origin` means a page, and pages have no business here.
 */
export function guard({ hosts, token }: GuardOptions) {
  const expected = digest(token);
  return async (context: Context, next: Next): Promise<void> => {
    refuseForeignHost(context, hosts);
    refuseBrowsers(context);
    if (
      !isPublic(context) &&
      !presentedTokens(context).some((presented) => timingSafeEqual(digest(presented), expected))
    ) {
      throw new RequestError(
        401,
        'authentication_error',
        'this proxy wants its local token; "claudex run" passes it to Claude Code',
        NO_RETRY,
      );
    }
    await next();
  };
}

function refuseForeignHost(context: Context, hosts: ReadonlySet<string>): void {
  const { rawHeaders, url = '' } = context.req;
  const given = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host');
  const [host = ''] = given;
  if (given.length !== 1 || !url.startsWith('/') || !hosts.has(host.toLowerCase())) {
    throw new RequestError(421, 'invalid_request_error', 'this proxy answers only under its own local address');
  }
}

function refuseBrowsers(context: Context): void {
  const site = context.req.headers['sec-fetch-site'];
  if (context.req.headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin')) {
    throw new RequestError(403, 'permission_error', 'this proxy does not answer web pages');
  }
}

function isPublic({ method, path }: Context): boolean {
  return (path === '/' && (method === 'GET' || method === 'HEAD')) || (path === '/health' && method === 'GET');
}

function presentedTokens(context: Context): string[] {
  const { authorization, 'x-api-key': key } = context.req.headers;
  const tokens = typeof key === 'string' ? [key] : [];
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '');
  return bearer?.[1] === undefined ? tokens : [...tokens, bearer[1]];
}

/** Equal lengths for the comparison, whatever was presented. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
