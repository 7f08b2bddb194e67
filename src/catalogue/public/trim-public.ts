import { isJsonObject, type Json, type ModelFacts } from '@claudex/sdk';
import { readPublicModel } from './read-public-model.ts';

/** More of one provider's models are not kept. */
const MOST_MODELS = 600;

/** Models by the id of our provider. */
export type PublicModels = { readonly [provider: string]: readonly ModelFacts[] };

/** Lists of the public catalogue by the id of our provider, the one that counts first. */
export type PublicLists = { readonly [provider: string]: readonly string[] };

/** Keeps of the public catalogue what concerns our providers. Undefined when it is no catalogue. */
export function trimPublic(catalogue: Json, lists: PublicLists): PublicModels | undefined {
  if (!isJsonObject(catalogue)) return undefined;
  const kept = Object.entries(lists).flatMap(([provider, ids]) => {
    const models = new Map<string, ModelFacts>();
    for (const facts of ids.flatMap((id) => modelsOf(catalogue[id])))
      if (models.size < MOST_MODELS && !models.has(facts.id)) models.set(facts.id, facts);
    return models.size === 0 ? [] : [[provider, [...models.values()]] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function modelsOf(provider: Json | undefined): ModelFacts[] {
  const models = isJsonObject(provider) ? provider['models'] : undefined;
  if (!isJsonObject(models)) return [];
  return Object.values(models)
    .map(readPublicModel)
    .filter((facts) => facts !== undefined);
}
