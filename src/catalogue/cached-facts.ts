import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { readKeptList } from './kept-list.ts';
import { mergeFacts, withOthers } from './merge-facts.ts';

/**
 * What is known of a profile's models without asking anybody: the remembered list of its provider, however old, and what
 * its plugin says. To be put in the place of `knownModels`: `{ ...bound, knownModels: cachedFacts(bound, cacheFolder) }`.
 */
export function cachedFacts(bound: BoundProfile, cacheFolder: string): readonly ModelFacts[] {
  const kept = readKeptList(bound, cacheFolder);
  if (kept === undefined) return bound.knownModels;
  return withOthers(mergeFacts(kept.models, bound.knownModels), bound.knownModels);
}
