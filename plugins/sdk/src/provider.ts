import type { Operation } from './protocol.ts';
import type { Quirks } from './quirks.ts';

/** Which model serves which of Claude Code's slots. An absent slot falls back to `default`. */
export interface ModelSlots {
  readonly default: string;
  readonly haiku?: string;
  readonly sonnet?: string;
  readonly opus?: string;
  readonly fable?: string;
  readonly subagent?: string;
}

/** How a model reasons. */
export interface ReasoningFacts {
  /** The levels it takes, e.g. `low`, `medium`, `high`. Absent: those three; empty: it takes none. */
  readonly efforts?: readonly string[];
  /** Whether reasoning can be switched off. */
  readonly canDisable?: boolean;
  /** Limits of a budget in tokens. */
  readonly budget?: { readonly min?: number; readonly max?: number };
}

/** What tokens cost, in US dollars per million. */
export interface ModelPrice {
  /** Input that no cache has served. */
  readonly input: number;
  /** Output, reasoning included. */
  readonly output: number;
  /** Input that came out of a cache. Absent: as `input`. */
  readonly cacheRead?: number;
  /** Input that was written to a cache. Absent: as `input`. */
  readonly cacheWrite?: number;
}

/** What a model takes in and gives out, in the words `text`, `image`, `audio`, `video` and `file`. */
export interface ModelModalities {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** What is known about a model. Sizes count tokens. */
export interface ModelFacts {
  readonly id: string;
  /** What the vendor calls it. */
  readonly title?: string;
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  readonly modalities?: ModelModalities;
  readonly price?: ModelPrice;
  readonly reasoning?: ReasoningFacts;
  /** How this model deviates from the others of its provider; wins over the provider's own entries. */
  readonly quirks?: Quirks;
}

/** An upstream that a provider runs itself. */
export interface StartedUpstream {
  /** Where it listens, without a trailing slash. */
  readonly baseUrl: string;
  /** What it wants to be shown; handed to `authenticate`. */
  readonly credential: string;
  stop(): Promise<void>;
}

/** What a provider that brings its own upstream is handed. */
export interface ProviderIo {
  /** Aborted when the proxy shuts down. */
  readonly signal: AbortSignal;
  /** One line for the proxy's log. */
  log(message: string): void;
}

/** A vendor's endpoint: where it is, how to authenticate, how it deviates. Mostly data. */
export interface Provider {
  readonly specVersion: 1;
  /** Lower-case kebab, what a profile's `provider` key names. */
  readonly id: string;
  readonly title: string;
  /** Id of the protocol it speaks. */
  readonly protocol: string;
  /** Without a trailing slash. Absent when `start` brings it or the profile must give it. */
  readonly baseUrl?: string;
  /** Environment variables in which users conventionally keep the key, first match wins. */
  readonly keyVariables?: readonly string[];
  /** False when no credential is needed. Default true. */
  readonly needsCredential?: boolean;
  readonly models: ModelSlots;
  /** Sizes of its models, so that the client compacts in time and asks for no more output than there can be. */
  readonly knownModels?: readonly ModelFacts[];
  readonly quirks?: Quirks;
  /** Path below the base URL; replaces the protocol's own. `model` is the name to send upstream. */
  endpoint?(operation: Operation, model: string): string;
  /** Headers that carry the credential, lower-case names; replaces the protocol's own. */
  authenticate?(credential: string): { [header: string]: string };
  /** Headers every request carries, lower-case names. They win over the protocol's, and a credential wins over both. */
  readonly headers?: { readonly [header: string]: string };
  /** A server on this machine: slow first bytes are normal there. Default false. */
  readonly local?: boolean;
  /**
   * For a provider that brings its own upstream. Called once per proxy process, on the first request.
   * Must listen on a free loopback port and refuse requests without the credential it returns.
   */
  start?(io: ProviderIo): Promise<StartedUpstream>;
}

/** Returns its argument: a place for the type checker to look. */
export function defineProvider(provider: Provider): Provider {
  return provider;
}
