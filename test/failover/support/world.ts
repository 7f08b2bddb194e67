import type { Fault, FaultKind } from '@claudex/sdk';
import { isRetryableFault } from '@claudex/sdk';
import {
  ChainWalk,
  Circuits,
  Cooldowns,
  RetryBudget,
  type ChainTarget,
  type CircuitSettings,
  type FailoverState,
  type PassedOver,
  type WalkLimits,
} from '../../../src/failover/index.ts';
import { settings } from './settings.ts';

/** A target that a test names. */
export interface NamedTarget extends ChainTarget {
  readonly name: string;
}

/** Makes a target with a circuit and a credential of its own. */
export function target(
  name: string,
  more: Partial<ChainTarget> & { breaker?: Partial<CircuitSettings> } = {},
): NamedTarget {
  const { breaker, ...rest } = more;
  return {
    name,
    circuitKey: `circuit of ${name}`,
    credentialKey: `credential of ${name}`,
    label: { profile: name, provider: 'p', model: 'm' },
    circuit: settings(breaker),
    contextWindow: undefined,
    ...rest,
  };
}

/** Makes a failure with the usual reading of its kind. */
export function fault(kind: FaultKind, more: Partial<Fault> = {}): Fault {
  return { kind, message: 'No.', retryable: isRetryableFault(kind, more.status), ...more };
}

/** What all walks of a test share, on a clock that stands still until it is told otherwise. */
export class World implements FailoverState {
  now = 0;
  /** What every draw gives, 0 to 1. */
  draw = 1;
  readonly clock = (): number => this.now;
  readonly wallClock = (): number => 1_700_000_000_000 + this.now;
  readonly random = (): number => this.draw;
  readonly circuits = new Circuits(this.clock);
  readonly cooldowns = new Cooldowns();
  readonly budget = new RetryBudget();

  /** Begins a request. `passed` takes `name: reason` of each target that was passed over. */
  walk(
    targets: readonly NamedTarget[],
    limits: Partial<WalkLimits> = {},
    passed: string[] = [],
  ): ChainWalk<NamedTarget> {
    const all = { maxAttempts: 3, maxWaitMs: 10_000, budget: 0.2, ...limits };
    const note = ({ name }: NamedTarget, reason: PassedOver): unknown => passed.push(`${name}: ${reason}`);
    return new ChainWalk(targets, all, this, note);
  }

  /** How long a target's circuit still stays open. */
  openMs({ circuitKey, label, circuit }: NamedTarget): number {
    return this.circuits.of(circuitKey, label, circuit).remainingMs(this.now);
  }

  /**
   * Serves a request: each call fails with the target's next fault; where there is none left it succeeds. The steps are
   * told as `name`, `wait 500`, and in the end `done` or the kind of the failure.
   */
  serve(walk: ChainWalk<NamedTarget>, faults: { readonly [name: string]: readonly Fault[] }): string[] {
    const left = new Map(Object.entries(faults).map(([name, list]) => [name, [...list]]));
    const steps: string[] = [];
    for (;;) {
      const step = walk.next();
      if (step.kind === 'give-up') return [...steps, step.fault.kind];
      if (step.kind === 'wait') {
        steps.push(`wait ${step.waitMs}`);
        this.now += step.waitMs;
        continue;
      }
      const failed = left.get(step.target.name)?.shift();
      steps.push(step.target.name);
      if (failed) walk.failed(step.target, failed, step.admission);
      else {
        step.admission.commit();
        step.admission.succeed();
        return [...steps, 'done'];
      }
    }
  }
}
