import type { Quirks } from './quirks.ts';

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
  /** Prices of a request whose whole prompt is longer than `above` tokens. What is absent stays as it is. */
  readonly long?: Partial<Pick<ModelPrice, 'input' | 'output' | 'cacheRead' | 'cacheWrite'>> & {
    readonly above: number;
  };
}

/** What a model takes in and gives out, in the words `text`, `image`, `audio`, `video` and `file`. */
export interface ModelModalities {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** What is known about a model. Sizes count tokens. */
export interface ModelFacts {
  readonly id: string;
  /** Id of the protocol by which this model is best reached, where its provider speaks several. */
  readonly protocol?: string;
  /** What the vendor calls it. */
  readonly title?: string;
  readonly contextWindow?: number;
  /** The longest prompt, where that is less than the window. */
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly modalities?: ModelModalities;
  readonly price?: ModelPrice;
  readonly reasoning?: ReasoningFacts;
  /** Whether it can call tools. Absent: nobody says. */
  readonly tools?: boolean;
  /** Whether its server has it in memory. When false, `contextWindow` is what it could have, and may become less. */
  readonly loaded?: boolean;
  /** How this model deviates from the others of its provider; wins over the provider's own entries. */
  readonly quirks?: Quirks;
}
