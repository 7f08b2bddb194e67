import type { Server } from 'node:http';
import { messageOf } from '../../errors/index.ts';

/** Why a proxy ends: for good, or because the next one on the same port has taken over. */
export type Ending = 'stopped' | 'handover';

/** What a {@link GentleStop} ends. */
export interface StoppableServer {
  readonly server: Server;
  /** Whether a request is being answered. */
  isBusy(): boolean;
  /** Runs once, when the last connection is gone. */
  readonly release: () => Promise<void>;
  /** Told why it could not release everything; it has ended all the same. */
  readonly warn: (problem: string) => void;
  /** How long running answers may take, in milliseconds. */
  readonly limitMs: { readonly [ending in Ending]: number };
}

/** How long a connection without a running exchange may still take to end by itself, in milliseconds. */
const QUIET_MS = 500;
/** Within this time aborted answers write their error event, in milliseconds. */
const LAST_WORDS_MS = 1_000;
const SWEEP_MS = 50;

/**
 * Ends a server without cutting what it answers: the port is free at once, connections that carry nothing are
 * closed, and only when the time is up the rest is ended with an error.
 */
export class GentleStop {
  readonly #stopping = new AbortController();
  readonly #shutdown = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  readonly #stoppable: StoppableServer;
  #deadline = Infinity;
  #begun = false;

  constructor(stoppable: StoppableServer) {
    this.#stoppable = stoppable;
  }

  /** Aborted when the end begins; the reason is its {@link Ending}. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Aborted when the time is up. */
  get shutdown(): AbortSignal {
    return this.#shutdown.signal;
  }

  /** Settles when everything is closed and released. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Begins the end. Asked again, the shorter of the two times counts. */
  stop(ending: Ending): Promise<void> {
    this.#deadline = Math.min(this.#deadline, performance.now() + this.#stoppable.limitMs[ending]);
    if (!this.#begun) {
      this.#begun = true;
      this.#stopping.abort(ending);
      void this.#end();
    }
    return this.ended;
  }

  async #end(): Promise<void> {
    const { release, warn } = this.#stoppable;
    try {
      await this.#drain();
      await release();
    } catch (error) {
      warn(`not everything could be ended in order: ${messageOf(error)}`);
    } finally {
      this.#ended.resolve();
    }
  }

  async #drain(): Promise<void> {
    const { server } = this.#stoppable;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    let quietSince = performance.now();
    const sweep = setInterval(() => {
      const now = performance.now();
      server.closeIdleConnections();
      if (this.#stoppable.isBusy()) quietSince = now;
      if (now >= this.#deadline) this.#shutdown.abort();
      if (now - quietSince >= QUIET_MS || now >= this.#deadline + LAST_WORDS_MS) server.closeAllConnections();
    }, SWEEP_MS);
    await closed;
    clearInterval(sweep);
  }
}
