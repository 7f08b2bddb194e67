import { join } from 'node:path';
import { openStateStore, type ExchangeReport } from '../../../src/state/index.ts';
import type { IsolatedHome } from '../../support/isolated-home.ts';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** The state folder of a home. */
export function stateFolderOf({ home }: IsolatedHome): string {
  return join(home, '.local', 'share', 'claudex', 'state');
}

/** Keeps reports as a proxy does at the end of each exchange. */
export async function keepReports(home: IsolatedHome, ...reports: readonly ExchangeReport[]): Promise<void> {
  const store = await openStateStore(stateFolderOf(home));
  await store.putAll?.(
    reports.map((report) => ({
      collection: 'exchange',
      key: report.request_id,
      value: report,
      storedAt: Date.parse(report.started_at) + report.duration_ms,
      expiresAt: Date.now() + MONTH_MS,
    })),
  );
  await store.close();
}
