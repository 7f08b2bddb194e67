import type { ModelFacts } from '@claudex/sdk';
import { knowModel, type BoundProfile } from '../router/index.ts';
import type { ModelRow } from './model-list.ts';

/** A provider's list with what its plugin knows beside: what the provider says of itself wins. */
export function mergeFacts(listed: readonly ModelFacts[], known: readonly ModelFacts[]): ModelFacts[] {
  const byId = new Map(known.map((facts) => [facts.id, facts]));
  return listed.map((facts) => ({ ...byId.get(facts.id), ...facts }));
}

/** Two lists as one; of a model that is in both, what the first says. */
export function withOthers(first: readonly ModelFacts[], others: readonly ModelFacts[]): ModelFacts[] {
  const ids = new Set(first.map(({ id }) => id));
  return [...first, ...others.filter(({ id }) => !ids.has(id))];
}

/** The models that a profile names, each once: its default model, then its slots. */
export function namedModels({ models }: BoundProfile): string[] {
  const { default: usual, ...slots } = models;
  return [...new Set([usual, ...Object.values(slots)])].filter((model) => model !== undefined && model !== '');
}

/** A model as a row of a list: with the sizes that the profile insists on, of every model it uses. */
export function rowOf(bound: BoundProfile, facts: ModelFacts, source: ModelRow['source']): ModelRow {
  const { context_window: window, max_output_tokens: output } = bound.profile;
  const isOverridden = window !== undefined || output !== undefined;
  const { facts: known = facts } = knowModel({ ...bound, knownModels: [facts] }, facts.id);
  const { id, title, contextWindow, maxInputTokens, maxOutputTokens, modalities, price } = known;
  return {
    id,
    ...(title !== undefined && { title }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxInputTokens !== undefined && { maxInputTokens }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(modalities && { modalities }),
    ...(price && { price }),
    source: isOverridden ? 'override' : source,
  };
}
