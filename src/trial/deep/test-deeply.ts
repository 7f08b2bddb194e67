import { images, reasoning, structuredOutput } from './check-content.ts';
import { countTokens, outputLimit, streaming, text } from './check-text.ts';
import { parallelTools, tools } from './check-tools.ts';
import type { Check } from './check.ts';
import { runCheck, untried, type CheckReport } from './run-check.ts';
import type { TrialSession } from './trial-session.ts';

/** In the order in which they are made: without the first one no other is worth trying. */
const CHECKS: readonly Check[] = [
  text,
  streaming,
  tools,
  parallelTools,
  images,
  reasoning,
  structuredOutput,
  countTokens,
  outputLimit,
];

/** Most requests that one profile gets, for those who pay for them. */
export const DEEP_REQUESTS = CHECKS.length + 1;

/** How long checks may take, in milliseconds. */
export interface DeepLimits {
  readonly checkMs: number;
  readonly totalMs: number;
}

/** What is needed to make the checks of one profile. */
export interface DeepTrial {
  readonly session: TrialSession;
  /** Takes secrets out of a text. */
  readonly scrub: (text: string) => string;
  readonly limits: DeepLimits;
  readonly signal: AbortSignal;
  /** Told which check begins. */
  readonly tell: (title: string) => void;
}

/** Makes all checks, one after the other. Throws only when `signal` ended it. */
export async function testDeeply({ limits, signal, tell, ...means }: DeepTrial): Promise<CheckReport[]> {
  const total = AbortSignal.timeout(limits.totalMs);
  const reports: CheckReport[] = [];
  for (const check of CHECKS) {
    const [first] = reports;
    if (first !== undefined && first.result !== 'ok') {
      reports.push(untried(check, 'no text came back, so nothing else was tried'));
    } else if (total.aborted) {
      reports.push(untried(check, `the time for all checks (${limits.totalMs / 1000} s) was used up`));
    } else {
      tell(check.title);
      const limit = AbortSignal.any([signal, total, AbortSignal.timeout(limits.checkMs)]);
      reports.push(await runCheck(check, { ...means, limit, signal }));
    }
  }
  return reports;
}
