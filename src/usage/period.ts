import { usageError } from '../errors/index.ts';
import type { Period } from '../state/index.ts';
import { startOfDay, startOfDayAfter } from './local-day.ts';

/** What the user said about the time; days as `2026-11-24`, all of them included. */
export interface AskedPeriod {
  /** Today and the days before it, so many together. */
  readonly days?: number | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The whole days that are meant, where the user is; everything when nothing was said. Throws a usage error. */
export function periodOf({ days, since, until }: AskedPeriod, now: number): Period {
  if (days !== undefined) return { from: startOfDayAfter(now, 1 - days), before: startOfDayAfter(now, 1) };
  const from = since === undefined ? 0 : dayOf('since', since);
  const before = startOfDayAfter(until === undefined ? now : dayOf('until', until), 1);
  if (from < before) return { from, before };
  throw usageError(
    'period-empty',
    until === undefined ? `--since ${since} is in the future` : `--since ${since} is after --until ${until}`,
    'Give the earlier day as --since.',
  );
}

function dayOf(flag: string, day: string): number {
  const start = startOfDay(day);
  if (start !== undefined) return start;
  throw usageError(
    'date-invalid',
    `--${flag} is "${day}", which is no day of the calendar`,
    'Write days as in 2026-11-24.',
  );
}
