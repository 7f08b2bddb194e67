import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonSession } from '../daemon/index.ts';

/** Where a session comes back. Both may fail; that is tried again. */
export interface SessionSource {
  /** Opens the session at the daemon, which is started when it does not run. */
  open(): Promise<DaemonSession>;
  /** Opens it at a daemon that somebody else has started; `undefined` while nobody has. */
  rejoin(): Promise<DaemonSession | undefined>;
}

/** The times between two attempts, in milliseconds: each is twice the one before. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

const BACKOFF: Backoff = { firstMs: 250, longestMs: 5_000 };

/**
 * A session that comes back: when its daemon died or handed over it is opened again, and the daemon is started if
 * need be. A daemon that was told to stop is left alone until somebody starts one. Says nothing: the terminal is
 * claude's by now.
 */
export class KeptSession implements AsyncDisposable {
  readonly #source: SessionSource;
  readonly #backoff: Backoff;
  readonly #over = new AbortController();
  #current: DaemonSession | undefined;
  #waitMs = 0;

  constructor(first: DaemonSession, source: SessionSource, backoff = BACKOFF) {
    this.#source = source;
    this.#backoff = backoff;
    void this.#keep(first);
  }

  /** Ends the session, and does not wait for an attempt to open it again. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#current?.[Symbol.asyncDispose]();
  }

  async #keep(first: DaemonSession): Promise<void> {
    for (let session: DaemonSession | undefined = first; session !== undefined;) {
      this.#current = session;
      const since = performance.now();
      const end = await session.ended;
      this.#current = undefined;
      await session[Symbol.asyncDispose]();
      // A daemon that takes sessions and dies at once must not be started over and over without a pause.
      if (performance.now() - since > this.#backoff.longestMs) this.#waitMs = 0;
      session = await this.#comeBack(end === 'stopped' ? () => this.#source.rejoin() : () => this.#source.open());
    }
  }

  /** `undefined` when the session is over. */
  async #comeBack(attempt: () => Promise<DaemonSession | undefined>): Promise<DaemonSession | undefined> {
    while (!this.#over.signal.aborted) {
      await sleep(this.#waitMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
      if (this.#over.signal.aborted) return undefined;
      const { firstMs, longestMs } = this.#backoff;
      this.#waitMs = Math.min(longestMs, Math.max(firstMs, 2 * this.#waitMs));
      const session = await attempt().catch(() => undefined);
      if (!this.#over.signal.aborted && session !== undefined) return session;
      await session?.[Symbol.asyncDispose]();
    }
    return undefined;
  }
}
