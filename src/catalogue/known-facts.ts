import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { withOthers } from './merge-facts.ts';
import { publicFacts } from './public/kept-public.ts';

/** What is known of a provider's models without its own list: what its plugin says, and the public catalogue over that. */
export interface KnownFacts {
  readonly facts: readonly ModelFacts[];
  /** Whether the public catalogue says something of this model. */
  readonly isPublic: (id: string) => boolean;
}

/** Looks into the remembered public catalogue, where there is one. How a model is reached only the plugin knows. */
export function knownFacts({ provider, knownModels }: BoundProfile, cacheFolder: string): KnownFacts {
  const published = new Map(publicFacts(provider.id, cacheFolder).map((facts) => [facts.id, facts]));
  if (published.size === 0) return { facts: knownModels, isPublic: () => false };
  const own = knownModels.map((facts) => ({ ...facts, ...published.get(facts.id) }));
  return { facts: withOthers(own, [...published.values()]), isPublic: (id) => published.has(id) };
}
