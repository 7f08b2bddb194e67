import type { UsageSummary } from './summarize.ts';
import type { UsageFigures, UsageRow } from './usage-row.ts';

const UNKNOWN = '–';
/** Where a sum of money is less than the whole, because some prices are not known. */
const MORE = '+';

/** What stands above the figures of {@link usageCells}; all of them leave a name its room in 60 columns. */
export const FIGURE_TITLES = ['REQ', 'FAIL', 'IN', 'READ', 'WRITE', 'OUT', 'COST'] as const;

/** The cells of a row for people: tokens in short, money in US dollars. */
export function usageCells(name: string, figures: UsageFigures): string[] {
  return [
    name,
    String(figures.exchanges),
    figures.failed === 0 ? '' : String(figures.failed),
    shortCount(figures.input_tokens),
    shortCount(figures.cache_read_input_tokens),
    shortCount(figures.cache_creation_input_tokens),
    shortCount(figures.output_tokens),
    costText(figures),
  ];
}

/** What has to be known beside the table, one line each. */
export function usageNotes({ total }: UsageSummary): string[] {
  const { unpriced, uncounted } = total;
  return [
    ...(unpriced === 0 ? [] : [`The price of ${requests(unpriced)} is not known; the cost is without them.`]),
    ...(uncounted === 0 ? [] : [`Providers counted no tokens for ${requests(uncounted)}.`]),
  ];
}

const CSV_FIELDS = [
  'exchanges',
  'failed',
  'input_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'output_tokens',
  'cost_usd',
  'unpriced',
  'uncounted',
] as const satisfies readonly (keyof UsageFigures)[];

/** Lines of comma-separated values, the names of the columns first. What is not known is empty. */
export function usageCsv(by: string, rows: readonly UsageRow[]): string[] {
  const lines = rows.map((row) => [quoted(row.key), ...CSV_FIELDS.map((field) => row[field] ?? '')]);
  return [[by, ...CSV_FIELDS], ...lines].map((cells) => cells.join(','));
}

/** At most five characters, as in `987`, `12.3k` or `4.56M`. */
export function shortCount(count: number): string {
  if (count < 1_000) return String(count);
  for (const [unit, size] of UNITS) {
    if (count < size * 999.5 || unit === 'T') return `${(count / size).toPrecision(3)}${unit}`;
  }
  return String(count);
}

const UNITS = [
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
] as const;

function costText({ cost_usd, unpriced }: UsageFigures): string {
  if (cost_usd === null) return UNKNOWN;
  const amount = cost_usd !== 0 && cost_usd < 0.01 ? '<$0.01' : `$${cost_usd.toFixed(2)}`;
  return unpriced === 0 ? amount : `${amount}${MORE}`;
}

function requests(count: number): string {
  return count === 1 ? '1 request' : `${count.toLocaleString('en-US')} requests`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
