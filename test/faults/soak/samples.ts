import { CAN_LOOK_INSIDE, descriptorsOf, memoryOf, MIB } from '../support/process-figures.ts';

/** What a process uses at a moment. */
export interface Sample {
  /** Milliseconds since the soak began. */
  readonly at: number;
  readonly memory: number;
  readonly descriptors: number;
}

/** Until then caches fill and the compiler is busy, in milliseconds. */
const WARM_MS = 120_000;

/** Looks at a process; undefined where that cannot be done. */
export function sampleOf(pid: number, startedAt: number): Sample | undefined {
  if (!CAN_LOOK_INSIDE) return undefined;
  return { at: Date.now() - startedAt, memory: memoryOf(pid), descriptors: descriptorsOf(pid) };
}

/** How fast memory grows once it is warm, in MiB per minute; undefined when there was not enough time to tell. */
export function slopeOf(samples: readonly Sample[]): number | undefined {
  const warm = samples.filter(({ at }) => at >= WARM_MS);
  if (warm.length < 6) return undefined;
  const times = mean(warm.map(({ at }) => at));
  const memory = mean(warm.map((sample) => sample.memory));
  const covariance = mean(warm.map((sample) => (sample.at - times) * (sample.memory - memory)));
  const variance = mean(warm.map(({ at }) => (at - times) ** 2));
  return ((covariance / variance) * 60_000) / MIB;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
