import type { ModelFacts, Quirks } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';

/** What is known about a model as one profile uses it. */
export interface KnownModel {
  /** Absent when neither the provider nor the profile says anything. */
  readonly facts?: ModelFacts;
  /** The provider's quirks, with those of the protocol, of the model and of the profile over them, in this order. */
  readonly quirks: Quirks;
}

/** Looks a model up in the provider's list; sizes and quirks that the profile names win. */
export function knowModel({ profile, provider, wire, knownModels }: BoundProfile, model: string): KnownModel {
  const listed = knownModels.find((candidate) => candidate.id === model);
  const { context_window: contextWindow, max_output_tokens: maxOutputTokens } = profile;
  const sizes = {
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
  const isKnown = listed !== undefined || Object.keys(sizes).length > 0;
  return {
    ...(isKnown && { facts: { id: model, ...listed, ...sizes } }),
    quirks: { ...provider.quirks, ...wire.quirks, ...quirksOfFacts(listed), ...listed?.quirks, ...profile.quirks },
  };
}

/** Whoever is known to take nothing but text is not sent pictures. */
function quirksOfFacts(facts: ModelFacts | undefined): Quirks {
  const input = facts?.modalities?.input;
  return input === undefined || input.includes('image') ? {} : { images: false };
}
