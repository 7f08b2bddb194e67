import type { CanonicalRequest, ReasoningFacts } from '@claudex/sdk';
import { chooseBudget, chooseEffort, effortPath, type LossLog, type WantedReasoning } from '@claudex/sdk/codec';
import type { Encoding } from './encoding.ts';

/** How much reasoning to ask one model for. What the client wants and the model cannot do is recorded on the way. */
export class ReasoningAsk {
  readonly #wanted: WantedReasoning;
  readonly #facts: ReasoningFacts;
  readonly #request: CanonicalRequest;
  readonly #losses: LossLog;
  readonly #words: { readonly [effort: string]: string };

  constructor(wanted: WantedReasoning, { context, losses }: Pick<Encoding, 'context' | 'losses'>) {
    this.#wanted = wanted;
    this.#facts = context.facts?.reasoning ?? {};
    this.#request = context.request;
    this.#losses = losses;
    this.#words = context.quirks.effortWords ?? {};
  }

  /** Whether the client wants no reasoning. */
  get off(): boolean {
    return this.#wanted.off;
  }

  /** Whether the model, as far as is known, can do without. */
  get canDisable(): boolean {
    return this.#facts.canDisable !== false;
  }

  /** Where a provider has a switch: whether it must be on. */
  switchedOn(): boolean {
    if (!this.off) return true;
    if (!this.canDisable) this.#losses.adjusted('thinking', 'thinking', 'This model cannot stop reasoning.');
    return !this.canDisable;
  }

  /** The level to ask for, in the provider's word; `undefined` where nothing should be said. */
  effort(): string | undefined {
    const effort = this.#level();
    return effort !== undefined && Object.hasOwn(this.#words, effort) ? this.#words[effort] : effort;
  }

  #level(): string | undefined {
    const wanted = this.#wanted;
    const effort = chooseEffort(wanted, this.#facts);
    if (wanted.off) {
      if (effort === undefined)
        this.#losses.dropped('thinking', 'thinking', 'This model cannot be told not to reason.');
      else if (effort !== 'none')
        this.#losses.adjusted(
          'thinking',
          'thinking',
          'This model cannot stop reasoning, so it is asked for the least.',
        );
    } else if (effort === undefined) {
      this.leaveDegree();
    } else if (wanted.effort !== undefined && effort !== wanted.effort) {
      this.#losses.adjusted(
        effortPath(this.#request),
        'effort',
        `This model has no such level, so it is asked for "${effort}".`,
      );
    } else if (wanted.budget !== undefined) {
      this.#losses.degraded(
        'thinking.budget_tokens',
        'thinking_budget',
        `The budget is sent as the level "${effort}".`,
      );
    }
    return effort;
  }

  /** The budget in tokens to ask for; `undefined` where nothing should be said. `limit` is that of the whole answer. */
  budget(limit: number | undefined): number | undefined {
    const wanted = this.#wanted;
    if (wanted.off) return undefined;
    const budget = chooseBudget(wanted, this.#facts, limit);
    if (budget === undefined || (limit !== undefined && budget >= limit)) {
      this.leaveDegree();
      return undefined;
    }
    if (wanted.budget !== undefined && budget !== wanted.budget)
      this.#losses.adjusted(
        'thinking.budget_tokens',
        'thinking_budget',
        `This model is given a budget of ${budget} tokens.`,
      );
    return budget;
  }

  /** The provider has no words for how much to reason. */
  leaveDegree(): void {
    if (this.#wanted.off) return;
    const { effort, budget } = this.#wanted;
    if (effort !== undefined)
      this.#losses.dropped(effortPath(this.#request), 'effort', 'This model cannot be told how much to reason.');
    else if (budget !== undefined)
      this.#losses.dropped(
        'thinking.budget_tokens',
        'thinking_budget',
        'This model cannot be given a budget for its reasoning.',
      );
  }

  /** The provider has no words for reasoning at all. */
  leaveAll(): void {
    const wanted = this.#wanted;
    if (wanted.off) return;
    if (wanted.effort !== undefined) this.leaveDegree();
    if (this.#request.thinking !== undefined)
      this.#losses.dropped('thinking', 'thinking', 'This model cannot be asked to reason.');
  }
}
