import type { AuthIo } from './auth-method.ts';

/** What {@link Provider.connect} may use. */
export interface ConnectIo extends Pick<AuthIo, 'fetch' | 'now' | 'signal'> {
  /** The profile's credential; absent when it has none. */
  readonly credential?: string;
  /** The profile's options, with defaults and variables applied. */
  readonly options: { readonly [name: string]: string };
}

/** How a provider is reached for a while. */
export interface Connection {
  /** Headers that carry what was given, lower-case names; replaces what `authenticate` says. */
  readonly headers: { readonly [header: string]: string };
  /** Base URLs by protocol id, without a trailing slash, that take the place of those of the provider. */
  readonly bases?: { readonly [protocol: string]: string };
  /** Milliseconds since the epoch; absent: until the provider refuses it. */
  readonly expiresAt?: number;
  /** Everything in here that must never be shown, for the scrubber of logs and errors. */
  readonly secrets?: readonly string[];
}
