import type { CircuitSnapshot, CircuitState } from '../../failover/index.ts';

/** How bad a state is, and its value in the metrics. */
export const BREAKER_RANK = { closed: 0, 'half-open': 1, open: 2 } as const;

/** The worst state of some breakers; `closed` when there are none. */
export function worstState(breakers: readonly CircuitSnapshot[]): CircuitState {
  return breakers.reduce<CircuitState>(
    (worst, { state }) => (BREAKER_RANK[state] > BREAKER_RANK[worst] ? state : worst),
    'closed',
  );
}

/** One breaker per profile and model: the worst, where different credentials have one each. */
export function worstByModel(breakers: readonly CircuitSnapshot[]): CircuitSnapshot[] {
  const worst = new Map<string, CircuitSnapshot>();
  for (const breaker of breakers) {
    const key = JSON.stringify([breaker.profile, breaker.model]);
    const other = worst.get(key);
    if (!other || BREAKER_RANK[breaker.state] > BREAKER_RANK[other.state]) worst.set(key, breaker);
  }
  return [...worst.values()];
}
