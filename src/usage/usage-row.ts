import type { ExchangeReport } from '../state/index.ts';

/** The figures of some exchanges together. Tokens as providers counted them. */
export interface UsageFigures {
  readonly exchanges: number;
  /** Those that ended with an error; one whose client went away is none. */
  readonly failed: number;
  /** Without those that came from a cache or went into one. */
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  /** Includes reasoning. */
  readonly output_tokens: number;
  /** In US dollars, of the exchanges whose price is known; `null` when that is none of them. */
  readonly cost_usd: number | null;
  /** Exchanges with tokens whose price is not known. */
  readonly unpriced: number;
  /** Answered exchanges whose provider counted no tokens. */
  readonly uncounted: number;
}

/** The figures of one day, profile, model, session or provider. */
export interface UsageRow extends UsageFigures {
  readonly key: string;
  /** Claude Code's own id of a session; `null` where it does not run, absent from other rows. */
  readonly client_session?: string | null;
}

/** What an exchange cost in US dollars; undefined when its price is not known. */
export type CostOf = (report: ExchangeReport) => number | undefined;

/** Adds up exchanges. */
export class UsageSum {
  readonly #costOf: CostOf;
  readonly #figures = {
    exchanges: 0,
    failed: 0,
    input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    output_tokens: 0,
    unpriced: 0,
    uncounted: 0,
  };
  #cost: number | null = null;

  constructor(costOf: CostOf) {
    this.#costOf = costOf;
  }

  add(report: ExchangeReport): void {
    const sum = this.#figures;
    const { usage, fault } = report;
    sum.exchanges += 1;
    if (fault !== undefined && fault !== 'aborted') sum.failed += 1;
    if (usage === undefined) {
      if (fault === undefined) sum.uncounted += 1;
      return;
    }
    sum.input_tokens += usage.input_tokens;
    sum.cache_read_input_tokens += usage.cache_read_input_tokens ?? 0;
    sum.cache_creation_input_tokens += usage.cache_creation_input_tokens ?? 0;
    sum.output_tokens += usage.output_tokens;
    const cost = this.#costOf(report);
    if (cost === undefined) sum.unpriced += 1;
    else this.#cost = (this.#cost ?? 0) + cost;
  }

  get figures(): UsageFigures {
    return { ...this.#figures, cost_usd: this.#cost };
  }
}
