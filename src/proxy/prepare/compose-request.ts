import type { Operation } from '@claudex/sdk';
import type { HttpRequest } from '../../http/index.ts';
import type { BoundProfile } from '../../router/index.ts';
import { RequestError } from '../request-error.ts';
import type { StartedUpstreams } from '../started-upstreams.ts';

/** What goes to the upstream apart from address and credential. */
export interface Payload {
  readonly operation: Operation;
  readonly model: string;
  readonly body?: string | Uint8Array;
  /** Headers of the client that are passed on, lower-case names. */
  readonly headers?: { readonly [name: string]: string };
  /** The client's query string, without its question mark. */
  readonly query?: string;
}

/** Binds protocol, provider and credential into one plain request. Throws when the operation does not exist there. */
export async function composeRequest(
  bound: BoundProfile,
  started: StartedUpstreams,
  payload: Payload,
): Promise<HttpRequest> {
  const { provider, protocol, profile } = bound;
  const own = provider.start ? await started.of(provider) : undefined;
  const base = own?.baseUrl ?? bound.baseUrl ?? '';
  const path = provider.endpoint?.(payload.operation, payload.model) ?? protocol.endpoint(payload.operation);
  if (path === undefined)
    throw new RequestError(404, 'not_found_error', `${provider.title} has no operation ${payload.operation}`);
  const credential = own?.credential ?? bound.credential.value;
  const authenticate = (secret: string): { [header: string]: string } =>
    provider.authenticate?.(secret) ?? protocol.authenticate(secret);
  return {
    method: payload.body === undefined ? 'GET' : 'POST',
    url: withQuery(`${base}${path}`, payload.query, profile.query_params),
    headers: {
      accept: 'application/json, text/event-stream',
      ...(payload.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...protocol.headers,
      ...provider.headers,
      ...payload.headers,
      ...(credential === undefined ? {} : authenticate(credential)),
      ...lowerCased(profile.custom_headers),
    },
    ...(payload.body === undefined ? {} : { body: payload.body }),
  };
}

function withQuery(url: string, query: string | undefined, parameters: { readonly [name: string]: string }): string {
  const own = new URLSearchParams(parameters).toString();
  const all = [query, own].filter(Boolean).join('&');
  if (all === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${all}`;
}

function lowerCased(headers: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
