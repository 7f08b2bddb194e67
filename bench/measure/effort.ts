/** How long a run may take. */
export interface Effort {
  /** Visits to every contestant of a bench. */
  readonly rounds: number;
  /** Visits where a round is short: start-up of commands. */
  readonly shortRounds: number;
  /** Visits where a round is long, because events come slowly in it. */
  readonly pacedRounds: number;
  /** Share of the full number of requests in a round, and of the full time of a machine's sample. */
  readonly share: number;
}

/** For figures that decide something. */
export const FULL: Effort = { rounds: 5, shortRounds: 12, pacedRounds: 3, share: 1 };
/** For a look. */
export const QUICK: Effort = { rounds: 3, shortRounds: 5, pacedRounds: 1, share: 0.25 };

/** A count cut down to the effort, at least one. */
export function portion(full: number, { share }: Effort): number {
  return Math.max(1, Math.round(full * share));
}
