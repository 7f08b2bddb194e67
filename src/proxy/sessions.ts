import { createHmac } from 'node:crypto';
import type { ProfileDirectory, Scope } from './profile-directory.ts';

/** A running `claudex run`. */
export interface Session {
  readonly profile: string;
  readonly context: string | undefined;
  readonly pid: number | undefined;
  readonly folder: string | undefined;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/**
 * The sessions that are connected now. A session whose configuration or keys mean something else than the
 * proxy's own gets a context: the id is derived from its contents, so that it is the same after a restart of
 * the proxy and for two sessions that agree, and it tells nothing to those who do not know the token.
 */
export class Sessions {
  readonly #open = new Set<Session>();
  readonly #profiles: ProfileDirectory;
  readonly #token: string;

  constructor(profiles: ProfileDirectory, token: string) {
    this.#profiles = profiles;
    this.#token = token;
  }

  /** Opens a session. Throws what {@link ProfileDirectory.find} throws when its profile cannot be used. */
  open(profile: string, scope: Scope, origin: { pid?: number; folder?: string }): Session {
    const wanted = this.#meaningOf(profile, scope);
    let context: string | undefined;
    if (wanted !== this.#meaningOf(profile, this.#profiles.base)) {
      context = createHmac('sha256', this.#token).update(wanted).digest('hex').slice(0, 16);
      if (!this.#isOpen(context)) this.#profiles.addContext(context, scope);
    }
    const session = { profile, context, pid: origin.pid, folder: origin.folder, since: Date.now() };
    try {
      this.#profiles.findUsable(profile, context === undefined ? this.#profiles.base : scope);
    } catch (error) {
      if (context !== undefined && !this.#isOpen(context)) this.#profiles.removeContext(context);
      throw error;
    }
    this.#open.add(session);
    return session;
  }

  close(session: Session): void {
    this.#open.delete(session);
    if (session.context !== undefined && !this.#isOpen(session.context)) this.#profiles.removeContext(session.context);
  }

  list(): readonly Session[] {
    return [...this.#open];
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

  #isOpen(context: string): boolean {
    return [...this.#open].some((session) => session.context === context);
  }
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
