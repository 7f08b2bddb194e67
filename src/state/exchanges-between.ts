import type { ExchangeReport } from './exchange-report.ts';
import { EXCHANGES } from './history.ts';
import type { StateStore, StoredEntry } from './state-store.ts';

/** A span of time, in milliseconds since the epoch. */
export interface Period {
  /** Its first moment. */
  readonly from: number;
  /** The first moment after it. */
  readonly before: number;
}

/** How many reports are in memory at once. */
const PAGE = 1_000;
/** A report is stored when its exchange ends; none takes longer than this, in milliseconds. */
const LONGEST_EXCHANGE_MS = 24 * 60 * 60 * 1000;

/** Every kept exchange that began in a period, the newest end first, read in pages. */
export async function* exchangesBetween(
  store: StateStore,
  { from, before }: Period,
  page = PAGE,
): AsyncGenerator<ExchangeReport> {
  for await (const { value } of entriesOf(store, { from, before: before + LONGEST_EXCHANGE_MS }, page)) {
    const report = value as ExchangeReport;
    const startedAt = Date.parse(report.started_at);
    if (startedAt >= from && startedAt < before) yield report;
  }
}

async function* entriesOf(store: StateStore, { from, before }: Period, page: number): AsyncGenerator<StoredEntry> {
  let limit = page;
  let storedBefore = before;
  let seen = new Set<string>();
  for (;;) {
    const entries = await store.list(EXCHANGES, { limit, storedBefore, storedFrom: from });
    for (const entry of entries) if (!seen.has(entry.key)) yield entry;
    const last = entries.at(-1);
    if (last === undefined || entries.length < limit) return;
    // Several may have been stored in the millisecond at which the page ends; they are asked for again.
    const together = entries.filter(({ storedAt }) => storedAt === last.storedAt);
    limit = together.length === entries.length ? limit * 2 : page;
    seen = new Set(together.map(({ key }) => key));
    storedBefore = last.storedAt + 1;
  }
}
