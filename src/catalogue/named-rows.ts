import type { BoundProfile } from '../router/index.ts';
import { readKeptList } from './kept-list.ts';
import { knownFacts } from './known-facts.ts';
import { mergeFacts, namedModels, rowOf } from './merge-facts.ts';
import type { ModelRow } from './model-list.ts';

/** The models that a profile names, with what is known of them without asking anybody. */
export function namedRows(bound: BoundProfile, cacheFolder: string): ModelRow[] {
  const known = knownFacts(bound, cacheFolder);
  const listed = mergeFacts(readKeptList(bound, cacheFolder)?.models ?? [], known.facts);
  return namedModels(bound).map((id) => {
    const remembered = listed.find((facts) => facts.id === id);
    if (remembered) return rowOf(bound, remembered, 'cached');
    return rowOf(
      bound,
      known.facts.find((facts) => facts.id === id) ?? { id },
      known.isPublic(id) ? 'public' : 'plugin',
    );
  });
}

/** For what a profile uses a model: `default` and the names of its slots. */
export function usesOf({ models }: BoundProfile, id: string): string[] {
  return Object.entries(models).flatMap(([slot, model]) => (model === id ? [slot] : []));
}
