import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { fetchModels } from './fetch-models.ts';
import { keepList, readKeptList, type KeptList } from './kept-list.ts';
import { mergeFacts, namedModels, rowOf, withOthers } from './merge-facts.ts';
import type { CatalogueIo, ModelList } from './model-list.ts';

/** So long a remembered list counts as fresh, in milliseconds. On this machine a model is added in a minute. */
const FRESH_MS = { remote: 24 * 3_600_000, local: 60_000 };

/**
 * Lists the models of a profile: what the profile overrides, over the provider's own list, over what its plugin knows. The
 * provider is asked at most once a day (once a minute on this machine) unless `refresh` is set; where it does not answer,
 * the last list serves, and `note` says so. Throws only when the caller gives up.
 */
export async function listModels(bound: BoundProfile, io: CatalogueIo): Promise<ModelList> {
  // An upstream that the provider runs itself has what its plugin says, and nobody to ask before it runs.
  if (bound.provider.start) return fromPlugin(bound);
  const kept = readKeptList(bound, io.cacheFolder);
  if (kept && io.refresh !== true && isFresh(kept, bound)) return listOf(bound, kept, 'cached');
  const fetched = await fetchModels(bound, io);
  if ('models' in fetched) {
    const list = { ...fetched, fetchedAt: Date.now() };
    await keepList(bound, io.cacheFolder, list);
    return listOf(bound, list, 'live');
  }
  const note = fetched.problem;
  if (!kept) return { ...fromPlugin(bound), note };
  const old = listOf(bound, kept, 'cached');
  return { ...old, note: [`${note}; this is the list of ${dayOf(kept)}`, old.note].filter(Boolean).join('; ') };
}

function listOf(bound: BoundProfile, kept: KeptList, source: 'live' | 'cached'): ModelList {
  const listed = mergeFacts(kept.models, bound.knownModels);
  const all = withOthers(listed, factsOfNamed(bound));
  const models = all.map((facts, index) => rowOf(bound, facts, index < listed.length ? source : 'plugin'));
  const note = `the provider of "${bound.profile.name}" lists more models; only the first ${kept.models.length.toLocaleString('en-US')} are known here`;
  return { models, source, fetchedAt: new Date(kept.fetchedAt).toISOString(), ...(kept.isCut && { note }) };
}

function fromPlugin(bound: BoundProfile): ModelList {
  const facts = withOthers(factsOfNamed(bound), bound.knownModels);
  return { models: facts.map((each) => rowOf(bound, each, 'plugin')), source: 'plugin' };
}

function factsOfNamed(bound: BoundProfile): ModelFacts[] {
  return namedModels(bound).map((id) => bound.knownModels.find((facts) => facts.id === id) ?? { id });
}

function isFresh({ fetchedAt }: KeptList, { provider }: BoundProfile): boolean {
  const ageMs = Date.now() - fetchedAt;
  return ageMs >= 0 && ageMs < FRESH_MS[provider.local === true ? 'local' : 'remote'];
}

function dayOf({ fetchedAt }: KeptList): string {
  return new Date(fetchedAt).toISOString().slice(0, 10);
}
