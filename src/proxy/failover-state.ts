import { Circuits, Cooldowns, RetryBudget, type FailoverState } from '../failover/index.ts';

/** What the requests of one proxy share about its upstreams, on this machine's clocks. */
export function createFailoverState(cooldowns: Cooldowns): FailoverState {
  const clock = (): number => performance.now();
  return {
    circuits: new Circuits(clock),
    cooldowns,
    budget: new RetryBudget(),
    clock,
    wallClock: () => Date.now(),
    random: () => Math.random(),
  };
}
