import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isClaudexError } from '../errors/index.ts';
import { profileBehind } from '../router/index.ts';
import type { ExchangeReport } from '../state/index.ts';
import type { ProfileDirectory, Scope } from './profile-directory.ts';
import { NO_RETRY, RequestError } from './request-error.ts';
import { meaningOf } from './session-meaning.ts';
import { addExchange, SESSION_HEADER, UNUSED, type SessionUse } from './session-use.ts';

/** A running `claudex run`. */
export interface Session {
  /** How it names itself in every request; absent for one of an older version. */
  readonly id: string | undefined;
  /** As it stands in the address: a profile's name, or `auto`. */
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
  readonly id?: string;
  readonly pid?: number;
  readonly folder?: string;
  /** The context in the address that its client has already; `null` for the plain address. */
  readonly before?: string | null;
}

/** Why a proxy may be unable to serve a profile that sessions can bring along. */
const BROUGHT_BY_SESSIONS: ReadonlySet<string> = new Set([
  'profile-not-found',
  'credential-missing',
  'credential-malformed',
  'no-default-profile',
]);

/**
 * The sessions that are connected now. A session whose configuration or keys mean something else than the
 * proxy's own gets a context: the id is derived from its contents, so that it is the same after a restart of
 * the proxy and for two sessions that agree, and it tells nothing to those who do not know the token.
 */
export class Sessions {
  readonly #open = new Map<Session, SessionUse>();
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
    const meaning = meaningOf(profile, scope, this.#profiles);
    const { before, id, pid, folder } = origin;
    const differs = meaning !== meaningOf(profile, this.#profiles.base, this.#profiles);
    const context = before ?? (differs ? this.#idOf(meaning) : undefined);
    this.#requireUsable(profile, context === undefined ? this.#profiles.base : scope);
    if (context !== undefined) this.#openContext(context, meaning, scope);
    const session = { id, profile, context, pid, folder, since: Date.now(), plain: before === null };
    this.#open.set(session, UNUSED);
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
    return [...this.#open.keys()];
  }

  /** What a session has asked for. */
  useOf(session: Session): SessionUse {
    return this.#open.get(session) ?? UNUSED;
  }

  /** The open session of an id. */
  find(id: string): Session | undefined {
    return this.list().find((session) => session.id === id);
  }

  /** Puts a finished exchange down to the session that its request names, if that is still open. */
  account(headers: IncomingHttpHeaders, report: ExchangeReport): void {
    const id = headers[SESSION_HEADER];
    const session = typeof id === 'string' ? this.find(id) : undefined;
    if (session !== undefined) this.#open.set(session, addExchange(this.useOf(session), headers, report));
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
      this.#requireUsable(profile, this.#profiles.base);
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

  #requireUsable(profile: string, scope: Scope): void {
    this.#profiles.findUsable(profileBehind(profile, scope.configuration), scope);
  }
}
