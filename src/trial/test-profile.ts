import type { Candidate } from './candidate.ts';
import type { Connectivity, Problem } from './connectivity.ts';
import type { DeepTrials } from './deep/open-deep-trials.ts';
import type { CheckReport } from './deep/run-check.ts';
import { testConnectivity } from './test-connectivity.ts';
import type { TrialWay } from './trial-way.ts';

/** What became of the test of one profile. */
export interface ProfileResult extends Connectivity {
  readonly name: string;
  /** Why it was not tested; then it counts as well. */
  readonly skipped?: string;
  /** What a session would get; only where that was asked for and the provider can be reached. */
  readonly checks?: readonly CheckReport[];
}

/** What a test does beyond asking the provider once. */
export interface ProfileTestOptions {
  /** Makes the checks of a session as well. */
  readonly deep?: DeepTrials | undefined;
  /** Told how far they are. */
  readonly tell?: (progress: string) => void;
}

/** Tests one profile. Throws only when `signal` ended it. */
export async function testProfile(
  candidate: Candidate,
  way: TrialWay,
  signal: AbortSignal,
  { deep, tell = () => undefined }: ProfileTestOptions = {},
): Promise<ProfileResult> {
  const { name } = candidate;
  if ('skipped' in candidate) return { name, ok: true, latency_ms: null, asked: null, skipped: candidate.skipped };
  if ('found' in candidate) return { name, ...candidate.found };
  const connectivity = await testConnectivity(candidate.bound, way, signal);
  if (!deep || !connectivity.ok) return { name, ...connectivity };
  const checks = await deep.test(candidate.bound, signal, tell);
  const problem = problemOfChecks(checks);
  return { name, ...connectivity, ok: problem === undefined, ...(problem && { problem }), checks };
}

/** What is not supported is no failure, unless it is what every session needs. */
function problemOfChecks(checks: readonly CheckReport[]): Problem | undefined {
  const failed = checks.filter(({ check, result }) => result === 'failed' || (check === 'text' && result !== 'ok'));
  const [first] = failed;
  if (!first) return undefined;
  const titles = failed.map(({ title }) => title).join(', ');
  return {
    code: 'check-failed',
    reason: failed.length === 1 ? `${first.title}: ${first.detail}` : `${failed.length} checks failed: ${titles}`,
    remedy: 'The table says what happened; default_model, quirks and strip_params of the profile are where to look.',
  };
}
