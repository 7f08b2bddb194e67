import type { Operation } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';

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

/** Where an upstream is that the provider runs itself, and what it wants to be shown. */
export interface OwnUpstream {
  readonly baseUrl: string;
  readonly credential: string;
}

/** A call of an upstream, as the HTTP clients take it. */
export interface ComposedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

/**
 * Binds protocol, provider and credential into one plain request, for `own` where the provider runs its upstream itself.
 * Undefined when the operation does not exist there.
 */
export function composeRequest(bound: BoundProfile, payload: Payload, own?: OwnUpstream): ComposedRequest | undefined {
  const { provider, protocol, profile } = bound;
  const path = provider.endpoint?.(payload.operation, payload.model) ?? protocol.endpoint(payload.operation);
  if (path === undefined) return undefined;
  const base = own?.baseUrl ?? bound.baseUrl ?? '';
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
