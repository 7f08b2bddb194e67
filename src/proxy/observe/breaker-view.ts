/** A circuit breaker as it is shown. */
export interface BreakerView {
  readonly profile: string;
  readonly provider: string;
  readonly model: string;
  readonly state: 'closed' | 'half-open' | 'open';
  /** Until the next call may pass, in milliseconds. */
  readonly remainingMs: number;
  /** How often it has opened. */
  readonly opened: number;
}

/** How bad a state is, and its value in the metrics. */
export const BREAKER_RANK = { closed: 0, 'half-open': 1, open: 2 } as const;

/** The worst state of some breakers; `closed` when there are none. */
export function worstState(breakers: readonly BreakerView[]): BreakerView['state'] {
  return breakers.reduce<BreakerView['state']>(
    (worst, { state }) => (BREAKER_RANK[state] > BREAKER_RANK[worst] ? state : worst),
    'closed',
  );
}

/** One breaker per profile and model: the worst, where different credentials have one each. */
export function worstByModel(breakers: readonly BreakerView[]): BreakerView[] {
  const worst = new Map<string, BreakerView>();
  for (const breaker of breakers) {
    const key = JSON.stringify([breaker.profile, breaker.model]);
    const other = worst.get(key);
    if (!other || BREAKER_RANK[breaker.state] > BREAKER_RANK[other.state]) worst.set(key, breaker);
  }
  return [...worst.values()];
}
