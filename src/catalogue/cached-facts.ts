import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { readKeptList } from './kept-list.ts';
import { knownFacts } from './known-facts.ts';
import { mergeFacts, withOthers } from './merge-facts.ts';

/**
 * What is known of a profile's models without asking anybody: the remembered list of its provider, however old, over the
 * public catalogue where it was fetched, over what its plugin says. To be put in the place of `knownModels`:
 * `{ ...bound, knownModels: cachedFacts(bound, cacheFolder) }`.
 */
export function cachedFacts(bound: BoundProfile, cacheFolder: string): readonly ModelFacts[] {
  const kept = readKeptList(bound, cacheFolder);
  const { facts } = knownFacts(bound, cacheFolder);
  return kept === undefined ? facts : withOthers(mergeFacts(kept.models, facts), facts);
}
