import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { readKeptList, type KeptList } from './kept-list.ts';
import { knownFacts, type KnownFacts } from './known-facts.ts';
import { fetchList } from './live-facts.ts';
import { mergeFacts, namedModels, rowOf, withOthers } from './merge-facts.ts';
import type { CatalogueIo, ModelList } from './model-list.ts';

/** So long a remembered list counts as fresh, in milliseconds. On this machine a model is added in a minute. */
const FRESH_MS = { remote: 24 * 3_600_000, local: 60_000 };

/**
 * Lists the models of a profile: what the profile overrides, over the provider's own list, over the public catalogue where
 * it was fetched, over what its plugin knows. The provider is asked at most once a day (once a minute on this machine)
 * unless `refresh` is set; where it does not answer, the last list serves, and `note` says so. Throws only when the caller
 * gives up.
 */
export async function listModels(bound: BoundProfile, io: CatalogueIo): Promise<ModelList> {
  // An upstream that the provider runs itself has what its plugin says, and nobody to ask before it runs.
  const known = knownFacts(bound, io.cacheFolder);
  if (bound.provider.start) return unlisted(bound, known);
  const kept = readKeptList(bound, io.cacheFolder);
  if (kept && io.refresh !== true && isFresh(kept, bound)) return listOf(bound, kept, known, 'cached');
  const fetched = await fetchList(bound, io);
  if ('models' in fetched) return listOf(bound, fetched, known, 'live');
  const note = fetched.problem;
  if (!kept) return { ...unlisted(bound, known), note };
  const old = listOf(bound, kept, known, 'cached');
  return { ...old, note: [`${note}; this is the list of ${dayOf(kept)}`, old.note].filter(Boolean).join('; ') };
}

function listOf(bound: BoundProfile, kept: KeptList, known: KnownFacts, source: 'live' | 'cached'): ModelList {
  const listed = mergeFacts(kept.models, known.facts);
  const all = withOthers(listed, factsOfNamed(bound, known));
  const models = all.map((facts, index) =>
    rowOf(bound, facts, index < listed.length ? source : sourceOf(facts, known)),
  );
  const note = `the provider of "${bound.profile.name}" lists more models; only the first ${kept.models.length.toLocaleString('en-US')} are known here`;
  return { models, source, fetchedAt: new Date(kept.fetchedAt).toISOString(), ...(kept.isCut && { note }) };
}

/** What is known where the provider says nothing. */
function unlisted(bound: BoundProfile, known: KnownFacts): ModelList {
  const facts = withOthers(factsOfNamed(bound, known), known.facts);
  return { models: facts.map((each) => rowOf(bound, each, sourceOf(each, known))), source: 'plugin' };
}

function factsOfNamed(bound: BoundProfile, { facts }: KnownFacts): ModelFacts[] {
  return namedModels(bound).map((id) => facts.find((known) => known.id === id) ?? { id });
}

function sourceOf({ id }: ModelFacts, { isPublic }: KnownFacts): 'public' | 'plugin' {
  return isPublic(id) ? 'public' : 'plugin';
}

function isFresh({ fetchedAt }: KeptList, { provider }: BoundProfile): boolean {
  const ageMs = Date.now() - fetchedAt;
  return ageMs >= 0 && ageMs < FRESH_MS[provider.local === true ? 'local' : 'remote'];
}

function dayOf({ fetchedAt }: KeptList): string {
  return new Date(fetchedAt).toISOString().slice(0, 10);
}
