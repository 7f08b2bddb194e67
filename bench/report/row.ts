import { seriesOf, type Samples } from '../measure/rounds.ts';
import { median } from '../measure/statistics.ts';
import { judge, type Verdict } from './verdict.ts';

/** One line of the report: a figure of ours, where there is a floor its ratio to that, where there is a target a verdict. */
export interface Row {
  readonly bench: string;
  /** What was measured, with its unit. */
  readonly measure: string;
  readonly ours: number;
  readonly floor?: number;
  /** What the floor is. */
  readonly against?: string;
  /** Median of the rounds' own ratios. */
  readonly ratio?: number;
  /** Lowest and highest ratio of the control in any round: two runs of the same code. */
  readonly control?: readonly [number, number];
  /** Highest ratio, or where there is no floor highest figure, that counts as good. */
  readonly target?: number;
  readonly verdict?: Verdict;
}

/** Which figures a row compares. */
export interface Comparison {
  readonly bench: string;
  /** The key of the figures. */
  readonly key: string;
  /** The same in words, with its unit. */
  readonly measure: string;
  readonly subject: string;
  readonly against: string;
  /** Two contestants that are the same code. */
  readonly control: readonly [string, string];
  readonly target?: number;
}

/** Compares two contestants round by round. */
export function compare(samples: Samples, comparison: Comparison): Row {
  const { bench, key, measure, subject, against, target } = comparison;
  const ours = seriesOf(samples, subject, key);
  const floor = seriesOf(samples, against, key);
  const ratio = median(quotients(ours, floor));
  const [one, other] = comparison.control;
  const controls = quotients(seriesOf(samples, other, key), seriesOf(samples, one, key));
  const control = [Math.min(...controls), Math.max(...controls)] as const;
  const doubt = Math.max(control[1], 1 / control[0]);
  return {
    bench,
    measure,
    ours: median(ours),
    floor: median(floor),
    against,
    ratio,
    control,
    ...(target !== undefined && { target, verdict: judge(ratio, target, doubt) }),
  };
}

/** A figure that is judged by itself. */
export function absolute(bench: string, measure: string, ours: number, target?: number): Row {
  if (target === undefined) return { bench, measure, ours };
  return { bench, measure, ours, target, verdict: judge(ours, target, 1) };
}

function quotients(numerators: readonly number[], denominators: readonly number[]): number[] {
  return numerators.map((value, round) => value / (denominators[round] ?? Number.NaN));
}
