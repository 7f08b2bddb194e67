import type { Operation } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';
import { withOptionHeaders } from './option-headers.ts';

/** What goes to the upstream apart from address and credential. */
export interface Payload {
  readonly operation: Operation;
  readonly model: string;
  readonly body?: string | Uint8Array;
  /** Headers of the client that are passed on, lower-case names. */
  readonly headers?: { readonly [name: string]: string };
  /** The client's query string, without its question mark. */
  readonly query?: string;
  /** Whether the answer is to be streamed. Default false. */
  readonly stream?: boolean;
  /** Headers of the provider that depend on the request, lower-case names. */
  readonly traits?: { readonly [name: string]: string };
}

/** What takes the place of what a profile says, while it is reached in this way. */
export interface Reach {
  readonly baseUrl?: string;
  /** To be shown instead of the profile's own. */
  readonly credential?: string;
  /** Headers that carry a credential already; then nothing else is shown. */
  readonly headers?: { readonly [name: string]: string };
}

/** A call of an upstream, as the HTTP clients take it. */
export interface ComposedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

/**
 * Binds protocol, provider and credential into one plain request. Undefined when the operation does not exist there.
 */
export function composeRequest(bound: BoundProfile, payload: Payload, reach: Reach = {}): ComposedRequest | undefined {
  const { provider, protocol, wire, profile } = bound;
  const address = addressOf(bound, payload, reach);
  if (address === undefined) return undefined;
  const credential = reach.credential ?? bound.credential.value;
  return {
    method: payload.body === undefined ? 'GET' : 'POST',
    url: withQuery(address, payload.query, profile.query_params),
    headers: {
      accept: 'application/json, text/event-stream',
      ...(payload.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...protocol.headers,
      ...withOptionHeaders(provider.headers, bound.options),
      ...withOptionHeaders(wire.headers, bound.options),
      ...payload.headers,
      ...payload.traits,
      ...(reach.headers ?? (credential === undefined ? {} : authenticate(bound, credential))),
      ...lowerCased(profile.custom_headers),
    },
    ...(payload.body === undefined ? {} : { body: payload.body }),
  };
}

function authenticate({ wire, provider, protocol }: BoundProfile, credential: string): { [header: string]: string } {
  return wire.authenticate?.(credential) ?? provider.authenticate?.(credential) ?? protocol.authenticate(credential);
}

function addressOf(
  { provider, protocol, wire, baseUrl, modelList, options }: BoundProfile,
  { operation, model, stream = false }: Payload,
  reach: Reach,
): string | undefined {
  if (operation === 'models' && modelList === 'none') return undefined;
  // Whoever is reached elsewhere has the list there, too.
  if (operation === 'models' && modelList !== undefined && reach.baseUrl === undefined) return modelList;
  const call = { model, stream, options };
  const path =
    wire.endpoint?.(operation, model, call) ??
    provider.endpoint?.(operation, model, call) ??
    protocol.endpoint(operation, call);
  return path === undefined ? undefined : `${reach.baseUrl ?? baseUrl ?? ''}${path}`;
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
