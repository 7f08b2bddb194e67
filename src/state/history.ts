import { cutText, type KeptText } from './kept-text.ts';
import type { ExchangeReport } from './exchange-report.ts';
import type { StateStore } from './state-store.ts';
import { WriteBuffer } from './write-buffer.ts';

/** How a history behaves. */
export interface HistoryOptions {
  readonly store: StateStore;
  /** How many days an exchange is kept; asked anew for each. 0 keeps nothing. */
  readonly days: () => number;
  /** Takes secrets out of bodies before they are kept. */
  readonly scrub: (text: string) => string;
  /** Told when writing begins to fail. */
  readonly warn?: (message: string) => void;
  /** Longest time a report waits before it is written, in milliseconds. Default 500. */
  readonly flushMs?: number;
}

/** What passed in an exchange, as text. */
export interface ExchangeBodies {
  /** The body that the client sent. */
  readonly request: string;
  /** The body of the provider whose answer was used, as it came. */
  readonly answer: string;
  /** Its content type. */
  readonly answer_type?: string;
}

/** What is kept of {@link ExchangeBodies}. */
export interface KeptBodies {
  readonly request: KeptText;
  readonly answer: KeptText;
  readonly answer_type?: string;
}

/** What an id, the beginning of one or `latest` stands for. */
export type FoundExchange =
  | { readonly kind: 'one'; readonly report: ExchangeReport }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'none' };

/** The collection of the reports. */
export const EXCHANGES = 'exchange';
const BODIES = 'exchange-bodies';
const DAY_MS = 24 * 60 * 60 * 1000;
const FLUSH_MS = 500;
/** Shorter beginnings of an id are not looked for. */
const SHORTEST_PREFIX = 8;
/** How many exchanges an ambiguous beginning names. */
const NAMED_IDS = 5;
/** Bodies may be large, and all that are listed are in memory at once. */
const FORGOTTEN_AT_ONCE = { [EXCHANGES]: 100, [BODIES]: 5 } as const;

/** What is remembered about finished exchanges. Recording never throws and never waits for the store. */
export class History {
  readonly #store: StateStore;
  readonly #options: HistoryOptions;
  readonly #buffer: WriteBuffer;
  #closed = false;

  constructor(options: HistoryOptions) {
    const { store, warn = () => undefined, flushMs = FLUSH_MS } = options;
    this.#store = store;
    this.#options = options;
    this.#buffer = new WriteBuffer({ store, warn, flushMs });
  }

  /** Values that could not be kept, because the store was full, broken or too slow. */
  get dropped(): number {
    return this.#buffer.dropped;
  }

  /** Keeps a report. May be handed on as it is. */
  readonly record = (report: ExchangeReport): void => {
    this.#keep(EXCHANGES, report.request_id, report);
  };

  /** Keeps what passed in an exchange: the beginning of each text, without secrets. */
  readonly recordBodies = (requestId: string, { request, answer, answer_type }: ExchangeBodies): void => {
    const { scrub } = this.#options;
    const kept: KeptBodies = {
      request: cutText(request, scrub),
      answer: cutText(answer, scrub),
      ...(answer_type === undefined ? {} : { answer_type }),
    };
    this.#keep(BODIES, requestId, kept, kept.request.text.length + kept.answer.text.length);
  };

  /** Finds an exchange by its id, by at least 8 characters with which only one id begins, or as `latest`. */
  async find(wanted: string): Promise<FoundExchange> {
    if (wanted === 'latest') return foundOf(await this.recent({ limit: 1 }));
    const waiting = this.#buffer.find(EXCHANGES, wanted)?.value;
    const report = waiting ?? (await this.#store.get(EXCHANGES, wanted))?.value;
    if (report !== undefined) return foundOf([report as ExchangeReport]);
    if (wanted.length < SHORTEST_PREFIX) return { kind: 'none' };
    return foundOf(await this.#list({ limit: NAMED_IDS, keyPrefix: wanted }));
  }

  /** The exchanges that finished last, the newest first; `before` a moment in milliseconds since the epoch. */
  recent({ limit, before }: { readonly limit: number; readonly before?: number }): Promise<ExchangeReport[]> {
    return this.#list({ limit, ...(before === undefined ? {} : { storedBefore: before }) });
  }

  /** What passed in an exchange, where `[history] bodies` was on. */
  async bodiesOf(requestId: string): Promise<KeptBodies | undefined> {
    const waiting = this.#buffer.find(BODIES, requestId)?.value;
    return (waiting ?? (await this.#store.get(BODIES, requestId))?.value) as KeptBodies | undefined;
  }

  /** Removes what is older than may be kept, for when fewer days count than when it was written. */
  async forgetOld(): Promise<void> {
    const storedBefore = Date.now() - this.#options.days() * DAY_MS + 1;
    for (const collection of [EXCHANGES, BODIES] as const) {
      const limit = FORGOTTEN_AT_ONCE[collection];
      for (let isMore = true; isMore;) {
        const old = await this.#store.list(collection, { limit, storedBefore });
        for (const { key } of old) await this.#store.remove(collection, key);
        isMore = old.length === limit;
      }
    }
  }

  /** Settles when everything that was recorded so far is in the store, or given up. */
  flush(): Promise<void> {
    return this.#buffer.flush();
  }

  /** Writes what waits. The store stays open; it belongs to whoever opened it. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#buffer.flush();
  }

  #keep(collection: string, key: string, value: unknown, bytes = 0): void {
    const days = this.#options.days();
    if (days <= 0 || this.#closed) return;
    const storedAt = Date.now();
    this.#buffer.add({ collection, key, value, storedAt, expiresAt: storedAt + days * DAY_MS }, bytes);
  }

  async #list(options: { limit: number; storedBefore?: number; keyPrefix?: string }): Promise<ExchangeReport[]> {
    const { limit, storedBefore = Infinity, keyPrefix = '' } = options;
    const waiting = this.#buffer
      .list(EXCHANGES)
      .filter(({ key, storedAt = 0 }) => storedAt < storedBefore && key.startsWith(keyPrefix));
    const stored = await this.#store.list(EXCHANGES, options);
    // What was being written at that moment is in both.
    const all = new Map([...waiting, ...stored].map(({ key, value }) => [key, value as ExchangeReport]));
    return [...all.values()].slice(0, limit);
  }
}

function foundOf([first, ...others]: readonly ExchangeReport[]): FoundExchange {
  if (first === undefined) return { kind: 'none' };
  if (others.length === 0) return { kind: 'one', report: first };
  return { kind: 'several', ids: [first, ...others].map(({ request_id }) => request_id) };
}
