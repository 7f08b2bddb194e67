import type { UpstreamClient } from '../../http/index.ts';
import type { BoundProfile } from '../../router/index.ts';
import type { CheckReport } from './run-check.ts';
import { testDeeply } from './test-deeply.ts';
import { startTrialProxy, type TrialProxyOptions } from './trial-proxy.ts';
import { TrialSession } from './trial-session.ts';

/** What deep trials are opened with. */
export interface DeepTrialsOptions extends TrialProxyOptions {
  readonly client: UpstreamClient;
  /** How long one check may take, in milliseconds. */
  readonly checkMs: number;
}

/** All checks of a profile together, in milliseconds, unless three of them need more. */
const ALL_CHECKS_MS = 60_000;

/** Trials of what a session would get, through a proxy of their own. */
export interface DeepTrials {
  /** Makes all checks of one profile; `tell` is told which one begins. Throws only when `signal` ended it. */
  test(bound: BoundProfile, signal: AbortSignal, tell: (title: string) => void): Promise<CheckReport[]>;
  close(): Promise<void>;
}

/** Starts the proxy that the trials go through. */
export async function openDeepTrials({ client, checkMs, ...options }: DeepTrialsOptions): Promise<DeepTrials> {
  const protocol = [...options.registry.protocols.values()].find((candidate) => candidate.client);
  if (!protocol) throw new Error('no plugin brings the protocol of the client');
  const limits = { checkMs, totalMs: Math.max(ALL_CHECKS_MS, 3 * checkMs) };
  const proxy = await startTrialProxy(options);
  return {
    test(bound, signal, tell) {
      const { name } = bound.profile;
      const session = new TrialSession({ proxy, client, protocol, profile: name, model: bound.models.default });
      return testDeeply({ session, scrub: proxy.scrub, limits, signal, tell });
    },
    close: () => proxy.stop(),
  };
}
