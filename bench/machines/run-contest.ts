import type { Effort } from '../measure/effort.ts';
import { runRounds, seriesOf, type Figures } from '../measure/rounds.ts';
import { median } from '../measure/statistics.ts';
import { absolute, compare, type Row } from '../report/row.ts';
import type { Contest } from './contests.ts';

/** CPU time of one sample in milliseconds. */
const SAMPLE_MS = 250;

/**
 * CPU time in milliseconds that a request is repeated for before the first round. Compiling our code costs as much as
 * writing dozens of requests. A proxy pays that once in its life, and a sample has room for few requests.
 */
const WARM_UP_MS = 2_000;

/** Measures a contest and returns its rows: cost per unit against the floor, and throughput. */
export async function runContest(bench: string, contest: Contest, effort: Effort): Promise<Row[]> {
  const visit = (work: () => unknown) => (): Figures => measure(work, contest, SAMPLE_MS * effort.share);
  const { claudex, floor, against } = contest;
  const again = `${against} again`;
  const isLarge = contest.unit === 'request';
  if (isLarge) measure(claudex, contest, WARM_UP_MS * effort.share);
  const samples = await runRounds(
    { claudex: visit(claudex), [against]: visit(floor), [again]: visit(floor) },
    effort.rounds,
  );
  const comparison = { bench, subject: 'claudex', against, control: [against, again] } as const;
  const time = compare(samples, {
    ...comparison,
    key: isLarge ? 'milliseconds' : 'nanoseconds',
    measure: `${isLarge ? 'ms' : 'ns'} per ${contest.unit}`,
    ...(contest.target !== undefined && { target: contest.target }),
  });
  const speed = absolute(bench, 'MB/s of input', median(seriesOf(samples, 'claudex', 'megabytes')));
  const limit =
    contest.limitNs === undefined ? [] : [absolute(bench, 'ns per event, limit', time.ours, contest.limitNs)];
  return [time, ...limit, speed];
}

/** Repeats the work for a while. CPU time, not wall time: others use this machine, too. */
function measure(work: () => unknown, { units, bytes }: Contest, sampleMs: number): Figures {
  const start = process.cpuUsage();
  let passes = 0;
  let used = 0;
  while (used < sampleMs * 1000 || passes === 0) {
    work();
    passes += 1;
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  }
  const perUnit = used / (passes * units);
  return { nanoseconds: perUnit * 1000, milliseconds: perUnit / 1000, megabytes: (bytes * passes) / used };
}
