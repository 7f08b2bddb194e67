import type { ExchangeReport } from '../state/index.ts';
import { localDay } from './local-day.ts';
import { UsageSum, type CostOf, type UsageFigures, type UsageRow } from './usage-row.ts';

/** By what exchanges are put together. */
export const GROUPINGS = ['day', 'profile', 'provider', 'model', 'session'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The rows and all of them together. */
export interface UsageSummary {
  /** Days in their order; everything else by tokens, the most first. */
  readonly rows: readonly UsageRow[];
  readonly total: UsageFigures;
}

/** The key of an exchange that has none, such as a request of a client without a session. */
const NONE = '(none)';

const KEYS: { readonly [grouping in Grouping]: (report: ExchangeReport) => string } = {
  day: ({ started_at }) => localDay(Date.parse(started_at)),
  profile: ({ served_by, profile }) => served_by ?? profile,
  provider: ({ provider }) => provider || NONE,
  model: ({ model }) => model || NONE,
  session: ({ session }) => session ?? NONE,
};

/** Adds up exchanges as they come. Keeps a few figures per row, and no exchange. */
export async function summarize(
  exchanges: AsyncIterable<ExchangeReport>,
  by: Grouping,
  costOf: CostOf,
): Promise<UsageSummary> {
  const keyOf = KEYS[by];
  const total = new UsageSum(costOf);
  const sums = new Map<string, UsageSum>();
  for await (const report of exchanges) {
    const key = keyOf(report);
    let sum = sums.get(key);
    if (sum === undefined) sums.set(key, (sum = new UsageSum(costOf)));
    sum.add(report);
    total.add(report);
  }
  const rows = [...sums].map(([key, sum]): UsageRow => ({ key, ...sum.figures }));
  return { rows: rows.toSorted(by === 'day' ? byKey : byTokens), total: total.figures };
}

function byKey(one: UsageRow, other: UsageRow): number {
  return one.key < other.key ? -1 : 1;
}

function byTokens(one: UsageRow, other: UsageRow): number {
  return tokensOf(other) - tokensOf(one) || byKey(one, other);
}

function tokensOf(row: UsageRow): number {
  return row.input_tokens + row.cache_read_input_tokens + row.cache_creation_input_tokens + row.output_tokens;
}
