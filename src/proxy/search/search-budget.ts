import type { ServerToolResultBlock } from '@claudex/sdk';
import { searchFailure, type SearchTool } from '@claudex/sdk/codec';
import type { AnsweredSearches, OfferedSearch } from './plan-search.ts';
import type { SearchCall } from './round.ts';
import { runSearch, type SearchRun } from './run-search.ts';

/** Runs the searches of one answer, as often as its request allows. */
export class SearchBudget {
  readonly #offered: ReadonlyMap<SearchTool, OfferedSearch>;
  readonly #run: (tool: SearchTool) => SearchRun;
  readonly #uses = new Map<SearchTool, number>();
  /** Rounds in which more was called than is allowed. */
  exceeded = 0;

  constructor({ offered }: AnsweredSearches, run: (tool: SearchTool) => SearchRun) {
    this.#offered = new Map(offered.map((one) => [one.tool, one]));
    this.#run = run;
  }

  /** Runs the calls of one round at the same time. Never rejects. */
  async answer(calls: readonly SearchCall[]): Promise<ServerToolResultBlock[]> {
    const allowed = calls.map((call) => this.#take(call.tool));
    if (allowed.includes(undefined)) this.exceeded += 1;
    return Promise.all(
      calls.map(async (call, index) => {
        const offered = allowed[index];
        return offered === undefined
          ? searchFailure(call.id, call.tool, 'max_uses_exceeded')
          : runSearch(call, offered, this.#run(call.tool));
      }),
    );
  }

  /** Counts a call, also one that fails, because a model could repeat it for ever. */
  #take(tool: SearchTool): OfferedSearch | undefined {
    const offered = this.#offered.get(tool);
    const uses = (this.#uses.get(tool) ?? 0) + 1;
    this.#uses.set(tool, uses);
    return offered !== undefined && uses <= offered.maxUses ? offered : undefined;
  }
}
