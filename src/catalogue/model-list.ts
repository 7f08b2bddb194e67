import type { ModelFacts } from '@claudex/sdk';
import type { UpstreamClient } from '../http/index.ts';

/**
 * Where what is said of a model comes from: `live` and `cached` are the provider's own list, `public` is the public
 * catalogue, `plugin` what its plugin says; `override` when the profile's own sizes are part of it.
 */
export type ModelSource = 'override' | 'live' | 'cached' | 'public' | 'plugin';

/** A model as a profile can use it. All texts are printable. */
export interface ModelRow extends Pick<
  ModelFacts,
  'id' | 'title' | 'contextWindow' | 'maxInputTokens' | 'maxOutputTokens' | 'modalities' | 'price'
> {
  readonly source: ModelSource;
}

/** The models of a profile, and how fresh the list is. */
export interface ModelList {
  readonly models: readonly ModelRow[];
  /** `live`: asked just now; `cached`: remembered; `plugin`: only what the plugin and the profile say. */
  readonly source: 'live' | 'cached' | 'plugin';
  /** When the provider gave this list, ISO 8601; absent for `plugin`. */
  readonly fetchedAt?: string;
  /** Why the list is not live although it should be, or not whole; one line for stderr. */
  readonly note?: string;
}

/** What is needed to ask a provider for its models. */
export interface CatalogueIo {
  readonly client: UpstreamClient;
  /** The user's cache folder, as in `Directories`. */
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  /** Asks although a remembered list is fresh. */
  readonly refresh?: boolean;
  /** How long the list may take, in milliseconds. Default 10,000. */
  readonly limitMs?: number;
}
