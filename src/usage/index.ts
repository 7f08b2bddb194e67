export { withClientSessions } from './client-sessions.ts';
export { knownPrices } from './known-prices.ts';
export { periodOf } from './period.ts';
export { GROUPINGS, summarize, type Grouping, type UsageSummary } from './summarize.ts';
export type { CostOf } from './usage-row.ts';
export { FIGURE_TITLES, shortCount, usageCells, usageCsv, usageNotes } from './usage-text.ts';
