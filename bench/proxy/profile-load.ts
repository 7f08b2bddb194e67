import type { Effort } from '../measure/effort.ts';
import { topSelfTime } from '../report/top-self-time.ts';
import type { Load } from './loads.ts';
import { contestantsOf } from './run-load.ts';
import type { Stage } from './stage.ts';

const ENTRIES = 25;

/** Puts a load on the proxy alone, as often as it was measured, and returns as text where its time went. */
export async function profileLoad(bench: string, load: Load, stage: Stage, effort: Effort): Promise<string> {
  const visit = contestantsOf(load, stage, effort)['claudex'];
  const profile = await stage.servers.claudex.profile(async () => {
    for (let round = 0; round < effort.rounds; round += 1) await visit?.();
  });
  const lines = topSelfTime(profile, ENTRIES).map(
    ({ place, share }) => `${(share * 100).toFixed(1).padStart(5)} %  ${place}`,
  );
  return [`Self time of the proxy under ${bench}, share of its busy time:`, ...lines].join('\n');
}
