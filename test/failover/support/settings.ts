import type { CircuitSettings } from '../../../src/failover/index.ts';

/** Settings of a circuit that three failures in a row open for a second; the share of failures is switched off. */
export function settings(more: Partial<CircuitSettings> = {}): CircuitSettings {
  return {
    failureThreshold: 3,
    failureRatio: 0,
    minimumCalls: 10,
    windowMs: 60_000,
    recoveryMs: 1_000,
    maximumRecoveryMs: 4_000,
    ...more,
  };
}
