import type { ExchangeReport } from './exchange-report.ts';
import type { KeptBodies } from './history.ts';

/** What a bundle is made of. */
export interface BundleFacts {
  readonly report: ExchangeReport;
  /** Absent unless the history keeps bodies. */
  readonly bodies?: KeptBodies | undefined;
  /** The profiles of the exchange as they are configured now, masked. */
  readonly profiles: readonly unknown[];
  /** Version of Claudex. */
  readonly version: string;
  /** Takes secrets out of every text. */
  readonly scrub: (text: string) => string;
}

/** A report for others: one exchange with everything that is needed to play it again, and no secret. */
export interface ExchangeBundle {
  readonly format: 'claudex-exchange';
  /** Grows when a reader of this version could not read it any more. */
  readonly format_version: 1;
  /** ISO 8601. */
  readonly made_at: string;
  readonly claudex: string;
  readonly node: string;
  readonly platform: string;
  readonly report: ExchangeReport;
  readonly profiles: readonly unknown[];
  readonly bodies?: KeptBodies;
}

/** Makes the bundle of an exchange. */
export function makeBundle({ report, bodies, profiles, version, scrub }: BundleFacts): ExchangeBundle {
  const bundle: ExchangeBundle = {
    format: 'claudex-exchange',
    format_version: 1,
    made_at: new Date().toISOString(),
    claudex: version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    report,
    profiles,
    ...(bodies === undefined ? {} : { bodies }),
  };
  return scrubbed(bundle, scrub) as ExchangeBundle;
}

/** A copy of a plain value, every text of which went through `scrub`; the names of its fields are not secrets. */
function scrubbed(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, scrubbed(inner, scrub)]));
}
