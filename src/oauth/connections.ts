import { createHash } from 'node:crypto';
import type { Connection } from '@claudex/sdk';
import { namesSecret } from '../config/index.ts';
import { createScrubber } from '../errors/index.ts';
import type { UpstreamClient } from '../http/index.ts';
import type { BoundProfile, Reach } from '../router/index.ts';
import { ConnectError, connectErrorOf } from './connect-error.ts';
import { connectCalls } from './connect-fetch.ts';
import { KeptConnection } from './kept-connection.ts';
import { unlessAborted } from './unless-aborted.ts';

/** One exchange with all its calls may take this long, in milliseconds. */
const LIMIT_MS = 30_000;
/** So long a failure is told again instead of another exchange, in milliseconds: requests come in swarms. */
const FAILED_MS = 2_000;
/** Printable characters of Latin-1. */
const FITS_INTO_HEADER = /^[\x20-\x7E\xA1-\xFF]*$/;
/** Whatever a proxy serves, these are enough. */
const MOST = 256;

/** What {@link Connections} work with. */
export interface ConnectionsOptions {
  readonly client: UpstreamClient;
  /** Is told every secret that an exchange gives. */
  readonly tellSecret?: (secret: string) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** What became of the last exchange with a provider. */
interface Entry {
  kept?: KeptConnection | undefined;
  pending?: Promise<KeptConnection> | undefined;
  failed?: { readonly error: ConnectError; readonly at: number } | undefined;
}

/**
 * The connections of providers whose credential has to be exchanged first. Each is made on the first request that needs it,
 * by one exchange however many requests wait, and kept in memory only; the request that finds it about to expire makes the
 * next one. Nothing runs in the background.
 */
export class Connections {
  readonly #client: UpstreamClient;
  readonly #tellSecret: (secret: string) => void;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #scrubber = createScrubber();
  readonly #closing = new AbortController();

  constructor({ client, tellSecret = () => undefined, now = () => Date.now() }: ConnectionsOptions) {
    this.#client = client;
    this.#tellSecret = tellSecret;
    this.#now = now;
  }

  /**
   * How the profile's provider is reached now; undefined for one without `connect`. Throws a {@link ConnectError}, or an
   * `UpstreamError` of the kind `aborted` when `signal` ends the wait, which does not end the exchange.
   */
  async reachOf(bound: BoundProfile, signal: AbortSignal): Promise<Reach | undefined> {
    if (!bound.provider.connect) return undefined;
    const { connection } = await unlessAborted(this.#connect(bound), signal);
    return reachIn(connection, bound);
  }

  /** Whether there is a connection that needs no exchange. */
  has(bound: BoundProfile): boolean {
    return this.#entries.get(keyOf(bound))?.kept?.isFresh(this.#now()) === true;
  }

  /**
   * The provider refused a request that showed these headers: their connection is not used again. One that was made
   * meanwhile stays, so that a swarm of refused requests leads to one exchange.
   */
  forget(bound: BoundProfile, shown: { readonly [name: string]: string }): void {
    const entry = this.#entries.get(keyOf(bound));
    // Other headers may have given way to those of the profile.
    const headers = Object.entries(entry?.kept?.connection.headers ?? {}).filter(([name]) => namesSecret(name));
    if (entry && headers.every(([name, value]) => shown[name] === value)) entry.kept = undefined;
  }

  /** Ends what is under way and forgets everything. */
  close(): void {
    this.#closing.abort();
    this.#entries.clear();
  }

  #connect(bound: BoundProfile): KeptConnection | Promise<KeptConnection> {
    const entry = this.#entryOf(bound);
    const now = this.#now();
    if (entry.kept?.isFresh(now) === true) return entry.kept;
    if (entry.failed && now - entry.failed.at < FAILED_MS) return orStillValid(entry, entry.failed.error, now);
    entry.pending ??= this.#exchange(bound, entry);
    return entry.pending;
  }

  async #exchange(bound: BoundProfile, entry: Entry): Promise<KeptConnection> {
    try {
      entry.kept = new KeptConnection(await this.#ask(bound), this.#now());
      entry.failed = undefined;
      return entry.kept;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      entry.failed = { error, at: this.#now() };
      return orStillValid(entry, error, this.#now());
    } finally {
      entry.pending = undefined;
    }
  }

  async #ask({ provider, credential, options }: BoundProfile): Promise<Connection> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(LIMIT_MS)]);
    const calls = connectCalls(this.#client, signal);
    const { value } = credential;
    if (value !== undefined) this.#scrubber.know(value);
    try {
      const io = {
        ...(value !== undefined && { credential: value }),
        options,
        fetch: calls.fetch,
        now: this.#now,
        signal,
      };
      const connection = await unlessAborted(provider.connect?.(io), signal);
      if (!connection) throw new Error('it has no connect function');
      checkHeaders(connection);
      for (const secret of secretsOf(connection)) this.#know(secret);
      return connection;
    } catch (error) {
      const scrub = (text: string): string => this.#scrubber.scrub(text);
      throw connectErrorOf(error, { title: provider.title, status: calls.lastStatus, scrub });
    }
  }

  #know(secret: string): void {
    this.#scrubber.know(secret);
    this.#tellSecret(secret);
  }

  #entryOf(bound: BoundProfile): Entry {
    const key = keyOf(bound);
    const entry = this.#entries.get(key) ?? {};
    const [oldest] = this.#entries.keys();
    if (!this.#entries.has(key) && this.#entries.size >= MOST && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, entry);
    return entry;
  }
}

/** A connection that was to be renewed a little early serves on when that fails. */
function orStillValid({ kept }: Entry, error: ConnectError, now: number): KeptConnection {
  if (kept?.isValid(now) === true) return kept;
  throw error;
}

function reachIn({ headers, bases }: Connection, { profile, protocol, provider, baseUrl }: BoundProfile): Reach {
  // What a profile says itself holds whatever the provider says.
  const given = profile.base_url === undefined ? bases?.[protocol.id]?.replace(/\/+$/, '') : undefined;
  if (given === undefined && baseUrl === undefined)
    throw new ConnectError(
      'unusable',
      `${provider.title} named no address for ${protocol.title}.`,
      'Leave provider_type out of the profile, or add base_url.',
    );
  return { headers, ...(given !== undefined && { baseUrl: given }) };
}

/** Also what a plugin forgot to name. */
function secretsOf({ headers, secrets = [] }: Connection): string[] {
  const carried = Object.entries(headers).filter(([name]) => namesSecret(name));
  return [...secrets, ...carried.flatMap(([, value]) => [value, value.replace(/^\S+\s+/, '')])];
}

/** The owner of a connection, without the secret in it. */
function keyOf({ provider, credential, options }: BoundProfile): string {
  const owner = JSON.stringify([provider.id, credential.value ?? null, options]);
  return createHash('sha256').update(owner, 'utf8').digest('base64url');
}

/** What no header can carry would break every request, and is no token. */
function checkHeaders({ headers }: Connection): void {
  const wrong = Object.entries(headers).find(([, value]) => !FITS_INTO_HEADER.test(value));
  if (wrong) throw new Error(`the exchange gave a value for ${wrong[0]} that no header can carry`);
}
