export type { ChainTarget, FailoverState, WalkLimits } from './chain.ts';
export { ChainWalk } from './chain-walk.ts';
export type { Admission, CircuitSettings, CircuitState } from './circuit.ts';
export { Circuits, type CircuitLabel, type CircuitSnapshot } from './circuits.ts';
export { Cooldowns } from './cooldowns.ts';
export { RetryBudget } from './retry-budget.ts';
export type { PassedOver } from './walk-step.ts';
export { judge, OUR_BUG, OVER_OUR_LIMIT, PROXY_STOPS } from './verdict.ts';
