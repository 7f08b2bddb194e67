import { setTimeout as pause } from 'node:timers/promises';
import type { Effort } from '../measure/effort.ts';
import { runRounds, seriesOf, type Contestants, type Figures } from '../measure/rounds.ts';
import { median } from '../measure/statistics.ts';
import type { OwnHome } from '../processes/own-home.ts';
import type { Pinning } from '../processes/pinning.ts';
import { absolute, compare, type Row } from '../report/row.ts';
import { askCount, askRefusal, countBodies } from './count-bodies.ts';
import { startObservedProxy, type ObservedProxy } from './observed-proxy.ts';

const LARGE_BYTES = 2_000_000;
const SMALL_BYTES = 200_000;
/** About as long as the count of a large body takes. */
const IDLE_MS = 250;

/** How long the proxy's loop is held up while it counts a large body, next to a loop that has nothing to do. */
export async function runLoopDelay(home: OwnHome, pinning: Pinning | undefined, effort: Effort): Promise<Row[]> {
  const { whole, broken } = countBodies(LARGE_BYTES);
  await using proxy = await startObservedProxy(home, pinning);
  const watch = (work: () => Promise<unknown>) => async (): Promise<Figures> => {
    let milliseconds = 0;
    const delay = await proxy.watch(async () => {
      const startedAt = performance.now();
      await work();
      milliseconds = performance.now() - startedAt;
    });
    return { ...delay, milliseconds };
  };
  const idle = watch(() => pause(IDLE_MS));
  const contestants: Contestants = {
    idle,
    'idle again': idle,
    refused: watch(() => askRefusal(proxy.port, broken)),
    count: watch(() => askCount(proxy.port, whole)),
  };
  const samples = await runRounds(contestants, effort.rounds);
  const common = { bench: 'count-2m', subject: 'count', control: ['idle', 'idle again'] } as const;
  const longest = { ...common, key: 'longestMs', measure: 'longest delay of the loop, ms' };
  return [
    compare(samples, { ...longest, against: 'idle' }),
    compare(samples, { ...longest, against: 'refused' }),
    compare(samples, { ...common, key: 'meanMs', measure: 'mean delay of the loop, ms', against: 'idle' }),
    absolute('count-2m', 'ms per count', median(seriesOf(samples, 'count', 'milliseconds'))),
  ];
}

/** How long one count takes: by a proxy that has counted before, and by one that has to load everything first. */
export async function runCountTime(home: OwnHome, pinning: Pinning | undefined, effort: Effort): Promise<Row[]> {
  const { whole, broken } = countBodies(SMALL_BYTES);
  await using proxy = await startObservedProxy(home, pinning);
  const refused = async (): Promise<Figures> => ({ milliseconds: await askRefusal(proxy.port, broken) });
  const contestants: Contestants = {
    refused,
    'refused again': refused,
    warm: async () => ({ milliseconds: await askCount(proxy.port, whole) }),
    cold: () => coldCount(home, pinning, whole),
  };
  const samples = await runRounds(contestants, effort.rounds);
  const common = { bench: 'count-200k', key: 'milliseconds', control: ['refused', 'refused again'] } as const;
  return [
    compare(samples, { ...common, measure: 'ms per count, warm', subject: 'warm', against: 'refused' }),
    compare(samples, { ...common, measure: 'ms per count, cold', subject: 'cold', against: 'warm' }),
  ];
}

async function coldCount(home: OwnHome, pinning: Pinning | undefined, body: Buffer): Promise<Figures> {
  await using fresh: ObservedProxy = await startObservedProxy(home, pinning);
  return { milliseconds: await askCount(fresh.port, body) };
}
