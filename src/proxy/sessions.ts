import { createHmac } from 'node:crypto';
import { isClaudexError } from '../errors/index.ts';
import type { ProfileDirectory, Scope } from './profile-directory.ts';
import { NO_RETRY, RequestError } from './request-error.ts';

/** A running `claudex run`. */
export interface Session {
  readonly profile: string;
  readonly context: string | undefined;
  readonly pid: number | undefined;
  readonly folder: string | undefined;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Whether its client asks at the plain address, because the proxy before this one could serve that itself. */
  readonly plain: boolean;
}

/** Who opens a session. */
export interface SessionOrigin {
  readonly pid?: number;
  readonly folder?: string;
  /** The context in the address that its client has already; `null` for the plain address. */
  readonly before?: string | null;
}

/** Why a proxy may be unable to serve a profile that sessions can bring along. */
const BROUGHT_BY_SESSIONS: ReadonlySet<string> = new Set(['profile-not-found', 'credential-missing']);

/**
 * The sessions that are connected now. A session whose configuration or keys mean something else than the
 * proxy's own gets a context: the id is derived from its contents, so that it is the same after a restart of
 * the proxy and for two sessions that agree, and it tells nothing to those who do not know the token.
 */
export class Sessions {
  readonly #open = new Set<Session>();
  /** What each open context means. */
  readonly #meanings = new Map<string, string>();
  readonly #profiles: ProfileDirectory;
  readonly #token: string;

  constructor(profiles: ProfileDirectory, token: string) {
    this.#profiles = profiles;
    this.#token = token;
  }

  /**
   * Opens a session, under the address that its client has already. Throws what {@link ProfileDirectory.find}
   * throws when its profile cannot be used, and 409 when that address means something else by now.
   */
  open(profile: string, scope: Scope, origin: SessionOrigin): Session {
    const meaning = this.#meaningOf(profile, scope);
    const { before, pid, folder } = origin;
    const differs = meaning !== this.#meaningOf(profile, this.#profiles.base);
    const context = before ?? (differs ? this.#idOf(meaning) : undefined);
    this.#profiles.findUsable(profile, context === undefined ? this.#profiles.base : scope);
    if (context !== undefined) this.#openContext(context, meaning, scope);
    const session = { profile, context, pid, folder, since: Date.now(), plain: before === null };
    this.#open.add(session);
    return session;
  }

  close(session: Session): void {
    this.#open.delete(session);
    const { context } = session;
    if (context === undefined || this.list().some((other) => other.context === context)) return;
    this.#meanings.delete(context);
    this.#profiles.removeContext(context);
  }

  list(): readonly Session[] {
    return [...this.#open];
  }

  /** Whether an address with this context can be served. */
  isOpen(context: string): boolean {
    return this.#meanings.has(context);
  }

  /**
   * The context that serves the plain address of a profile which only a proxy before this one could serve itself,
   * for as long as a session of that time lasts.
   */
  standInFor(profile: string): string | undefined {
    const standIn = this.list().find(
      (session) => session.profile === profile && session.plain && session.context !== undefined,
    );
    return standIn !== undefined && this.lacks(profile) ? standIn.context : undefined;
  }

  /** Whether the proxy itself cannot serve a profile for want of what a session may bring. */
  lacks(profile: string): boolean {
    try {
      this.#profiles.findUsable(profile, this.#profiles.base);
      return false;
    } catch (error) {
      return isClaudexError(error) && BROUGHT_BY_SESSIONS.has(error.code);
    }
  }

  #openContext(context: string, meaning: string, scope: Scope): void {
    const known = this.#meanings.get(context);
    if (known !== undefined && known !== meaning) {
      throw new RequestError(409, 'invalid_request_error', `context ${context} belongs to another session`, NO_RETRY);
    }
    if (known !== undefined) return;
    this.#meanings.set(context, meaning);
    this.#profiles.addContext(context, scope);
  }

  #idOf(meaning: string): string {
    return createHmac('sha256', this.#token).update(meaning).digest('hex').slice(0, 16);
  }

  /** Everything that decides how a profile's requests are served, as one comparable text. */
  #meaningOf(profile: string, scope: Scope): string {
    const { profiles, model_aliases, timeouts, retry, breaker } = scope.configuration;
    const named = profiles.find((candidate) => candidate.name === profile);
    const chain = [profile, ...(named?.backup_providers ?? [])].map((name) => ({
      profile: profiles.find((candidate) => candidate.name === name),
      credential: this.#credentialOf(name, scope),
    }));
    return JSON.stringify({ chain, model_aliases, timeouts, retry, breaker }, sorted);
  }

  #credentialOf(profile: string, scope: Scope): string | undefined {
    try {
      return this.#profiles.find(profile, scope).credential.value;
    } catch {
      // A profile that cannot be bound has no credential; opening a session for it says why.
      return undefined;
    }
  }
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
