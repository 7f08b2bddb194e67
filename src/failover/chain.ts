import type { CircuitSettings } from './circuit.ts';
import type { CircuitLabel, Circuits } from './circuits.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { RetryBudget } from './retry-budget.ts';

/** One way to serve a request: a profile with its model. */
export interface ChainTarget {
  /** Stands for provider, credential and model together. Holds no secret. */
  readonly circuitKey: string;
  /** Stands for provider and credential. Holds no secret. */
  readonly credentialKey: string;
  readonly label: CircuitLabel;
  readonly circuit: CircuitSettings;
  /** Tokens of its window, where that is known. */
  readonly contextWindow: number | undefined;
}

/** How much may be tried for one request. */
export interface WalkLimits {
  /** Most calls, all targets together. */
  readonly maxAttempts: number;
  /** Longest time spent waiting, all waits together, in milliseconds. */
  readonly maxWaitMs: number;
  /** Share of recent requests that may be repeats, 0 to 1. */
  readonly budget: number;
}

/** What all requests of a proxy share. */
export interface FailoverState {
  readonly circuits: Circuits;
  readonly cooldowns: Cooldowns;
  readonly budget: RetryBudget;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
  /** 0 to 1. */
  readonly random: () => number;
}
