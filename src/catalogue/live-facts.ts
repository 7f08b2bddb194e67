import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { describeModels } from './describe-models.ts';
import { fetchModels, type FetchedModels } from './fetch-models.ts';
import { keepList, readKeptList, type KeptList } from './kept-list.ts';
import { knownFacts } from './known-facts.ts';
import { mergeFacts } from './merge-facts.ts';
import type { CatalogueIo } from './model-list.ts';

/** Why there is no list. */
type NoList = Extract<FetchedModels, { problem: string }>;

/** The models that a provider lists, with everything that is known of each, or why it lists none. */
export type LiveFacts = { readonly facts: readonly ModelFacts[] } | NoList;

/**
 * Asks the provider for its models and what is to be known of them, and remembers the answer for those who cannot wait. A
 * remembered list of no more than `maxAgeMs` will do. Throws only when the caller gives up.
 */
export async function liveFacts(bound: BoundProfile, io: CatalogueIo, maxAgeMs = 0): Promise<LiveFacts> {
  const kept = maxAgeMs > 0 ? readKeptList(bound, io.cacheFolder) : undefined;
  const ageMs = kept === undefined ? Infinity : Date.now() - kept.fetchedAt;
  const list = kept !== undefined && ageMs >= 0 && ageMs < maxAgeMs ? kept : await fetchList(bound, io);
  return 'problem' in list ? list : { facts: mergeFacts(list.models, knownFacts(bound, io.cacheFolder).facts) };
}

/** The list of a provider as it is remembered from now on, or why there is none. */
export async function fetchList(bound: BoundProfile, io: CatalogueIo): Promise<KeptList | NoList> {
  const fetched = await fetchModels(bound, io);
  if ('problem' in fetched) return fetched;
  const models = await describeModels(bound, fetched.models, io);
  const list = { models, isCut: fetched.isCut, fetchedAt: Date.now() };
  await keepList(bound, io.cacheFolder, list);
  return list;
}
