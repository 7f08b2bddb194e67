import type { ModelFacts } from '@claudex/sdk';
import { familyRank, isTiny } from './model-names.ts';
import { LEAST_WINDOW } from './needed-window.ts';

/**
 * Picks the model of a list that a session is best served by: one that calls tools, is in memory, has a window that is large
 * enough, and by its name is made for code. The wanted one where it is in the list: other slots of the client then use it,
 * too, and the server need not load a second one. Undefined for an empty list.
 */
export function chooseModel(models: readonly ModelFacts[], wanted?: string): ModelFacts | undefined {
  const named = models.find(({ id }) => id === wanted);
  if (named) return named;
  const ranked = models.map((facts, index) => ({ facts, rank: [...rankOf(facts), index] }));
  return ranked.sort((one, other) => compare(one.rank, other.rank))[0]?.facts;
}

/** One figure per question, the most important first; less is better. */
function rankOf({ id, tools, loaded, contextWindow }: ModelFacts): number[] {
  return [
    tools === false ? 1 : 0,
    loaded === true ? 0 : 1,
    contextWindow !== undefined && contextWindow < LEAST_WINDOW ? 1 : 0,
    tools === true ? 0 : 1,
    isTiny(id) ? 1 : 0,
    familyRank(id),
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((figure, index) => figure !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
