import type { ModelFacts, Quirks } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';

/** What is known about a model as one profile uses it. */
export interface KnownModel {
  /** Absent when neither the provider nor the profile says anything. */
  readonly facts?: ModelFacts;
  /** The provider's quirks, with the model's own over them and the profile's over both. */
  readonly quirks: Quirks;
}

/** Looks a model up in the provider's list; sizes and quirks that the profile names win. */
export function knowModel({ profile, provider, knownModels }: BoundProfile, model: string): KnownModel {
  const listed = knownModels.find((candidate) => candidate.id === model);
  const { context_window: contextWindow, max_output_tokens: maxOutputTokens } = profile;
  const sizes = {
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
  const isKnown = listed !== undefined || Object.keys(sizes).length > 0;
  return {
    ...(isKnown && { facts: { id: model, ...listed, ...sizes } }),
    quirks: { ...provider.quirks, ...listed?.quirks, ...profile.quirks },
  };
}
