import type { ExchangeReport } from '../../state/index.ts';

/** Every step from one profile to the next that was called, in order. Where nobody was called no step was taken. */
export function failoversOf({ profile, attempts }: ExchangeReport): { readonly from: string; readonly to: string }[] {
  const steps: { from: string; to: string }[] = [];
  let from = profile;
  for (const attempt of attempts) {
    if (attempt.outcome === 'passed-over' || attempt.profile === from) continue;
    steps.push({ from, to: attempt.profile });
    from = attempt.profile;
  }
  return steps;
}
