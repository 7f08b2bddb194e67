import type { JsonObject, Protocol, Quirks, SseEvent, UpstreamFailure } from '../../index.ts';

/** One thing that is true of a sound protocol. */
export interface Check {
  /** A sentence that goes on from the protocol's name. */
  readonly title: string;
  /** Throws an Error that says what is wrong. */
  readonly run: () => void;
}

/** Checks about one side of a protocol. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Check[];
  /** What could not be checked, and why, as sentences. */
  readonly unchecked: readonly string[];
}

/** A protocol and what it is checked with. */
export interface Subject {
  readonly protocol: Protocol;
  /** Every check that depends on quirks runs with each of these. */
  readonly quirks: readonly Quirks[];
  readonly streams: readonly (readonly SseEvent[])[];
  readonly answers: readonly JsonObject[];
  readonly failures: readonly UpstreamFailure[];
  /** How many generated inputs each check tries. */
  readonly rounds: number;
  readonly seed: number;
}

const MOST_SHOWN = 5;

/** Throws an Error that lists the first problems; returns where there are none. */
export function demandNone(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, MOST_SHOWN);
  const more = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
  throw new Error([...shown, ...more].join('\n'));
}

/** The problems of one attempt; an attempt that throws has that as its problem. */
function problemsOf(attempt: () => readonly string[]): readonly string[] {
  try {
    return attempt();
  } catch (error) {
    return [`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

/** Runs an attempt for each case and demands that none has a problem; each problem names its case. */
export function demandOfEach<Case>(
  cases: Iterable<Case>,
  nameOf: (value: Case, position: number) => string,
  attempt: (value: Case) => readonly string[],
): void {
  const problems: string[] = [];
  let position = 0;
  for (const value of cases) {
    for (const problem of problemsOf(() => attempt(value))) problems.push(`${nameOf(value, position)}: ${problem}`);
    if (problems.length > MOST_SHOWN) break;
    position += 1;
  }
  demandNone(problems);
}
