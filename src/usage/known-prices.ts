import type { ModelFacts, ModelPrice, Provider } from '@claudex/sdk';
import { cachedFacts, priceOf } from '../catalogue/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { BoundProfile } from '../router/index.ts';
import type { CostOf } from './usage-row.ts';

/** Where prices are looked up. Nobody is asked for them. */
export interface PriceSources {
  /** Finds a profile as it is configured today; throws a failure when there is none, or when it cannot be used. */
  readonly bind: (profile: string) => BoundProfile;
  readonly providers: ReadonlyMap<string, Provider>;
  /** Where lists of models are remembered. */
  readonly cacheFolder: string;
}

type Prices = ReadonlyMap<string, ModelPrice>;

/** Prices exchanges by what is known today of the models of their profile, else of their provider. */
export function knownPrices(sources: PriceSources): CostOf {
  const found = new Map<string, Prices>();
  return (report) => {
    const { provider, model, usage } = report;
    const profile = report.served_by ?? report.profile;
    const key = JSON.stringify([profile, provider]);
    const prices = found.get(key) ?? pricesFor(profile, provider, sources);
    found.set(key, prices);
    const price = prices.get(model);
    return price === undefined || usage === undefined ? undefined : priceOf(usage, price);
  };
}

function pricesFor(profile: string, provider: string, sources: PriceSources): Prices {
  const facts = factsOfProfile(profile, provider, sources) ?? sources.providers.get(provider)?.knownModels;
  return new Map((facts ?? []).flatMap(({ id, price }) => (price === undefined ? [] : [[id, price]])));
}

/** Undefined for a profile that is gone, or that leads elsewhere by now. */
function factsOfProfile(
  profile: string,
  provider: string,
  { bind, cacheFolder }: PriceSources,
): readonly ModelFacts[] | undefined {
  try {
    const bound = bind(profile);
    return bound.provider.id === provider ? cachedFacts(bound, cacheFolder) : undefined;
  } catch (error) {
    if (isClaudexError(error)) return undefined;
    throw error;
  }
}
