import type { Connection } from '@claudex/sdk';

/** A connection is renewed this long before its end, or a tenth of its life if that is shorter, in milliseconds. */
const MARGIN_MS = 60_000;
/** Where two clocks disagree a connection may seem to be over when it comes; it is used at least so long. */
const LEAST_MS = 30_000;

/** A connection and when it was given. Times are milliseconds since the epoch. */
export class KeptConnection {
  readonly connection: Connection;
  readonly #renewAt: number;

  constructor(connection: Connection, now: number) {
    const { expiresAt = Infinity } = connection;
    const margin = Math.min(MARGIN_MS, Math.max(0, expiresAt - now) / 10);
    this.connection = connection;
    this.#renewAt = Math.max(expiresAt - margin, now + LEAST_MS);
  }

  /** Whether it can be used without a thought. */
  isFresh(now: number): boolean {
    return now < this.#renewAt;
  }

  /** Whether the provider still takes it, as far as it said. */
  isValid(now: number): boolean {
    const { expiresAt = Infinity } = this.connection;
    return now < expiresAt;
  }
}
