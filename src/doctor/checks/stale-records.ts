import { findStaleRecords, removeStaleRecord } from '../../daemon/index.ts';
import { ok, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

/** Whether proxies that are gone have left records or claims behind. */
export async function checkStaleRecords(installation: Installation): Promise<Diagnosis[]> {
  const { state } = installation.facts.directories;
  // The check of the proxy says why.
  if ((await installation.tokenProblem()) !== undefined) return [];
  const token = (await installation.token()) ?? '';
  const stale = await findStaleRecords(state, token);
  if (stale.length === 0) return [ok('records', 'No record of a proxy is out of date')];
  return stale.map((record) =>
    warning('records', 'A record of a proxy is out of date', {
      detail: `${record.file} ${record.reason}.`,
      remedy: 'It does no harm; "claudex doctor --fix" removes it.',
      fix: async () => ((await removeStaleRecord(state, record, token)) ? `removed ${record.file}` : undefined),
    }),
  );
}
