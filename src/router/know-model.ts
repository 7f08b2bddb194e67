import type { ModelFacts, Quirks } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';
import { isAnthropic } from './resolve-model.ts';

/** What is known about a model as one profile uses it. */
export interface KnownModel {
  /** Absent when neither the provider nor the profile says anything. */
  readonly facts?: ModelFacts;
  /** The provider's quirks, with those of the protocol, of the model and of the profile over them, in this order. */
  readonly quirks: Quirks;
}

/** Looks a model up in the provider's list; sizes and quirks that the profile names win. */
export function knowModel(bound: BoundProfile, model: string): KnownModel {
  const { profile, provider, wire, knownModels } = bound;
  const listed = knownModels.find((candidate) => candidate.id === model);
  const { context_window: contextWindow, max_output_tokens: maxOutputTokens } = profile;
  const sizes = {
    ...(contextWindow !== undefined && { contextWindow }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
  const isKnown = listed !== undefined || Object.keys(sizes).length > 0;
  // Whoever states the window has looked it up; a limit that is listed beside another window says nothing about it.
  const { maxInputTokens, ...rest } = listed ?? { id: model };
  const longest = contextWindow === undefined && maxInputTokens !== undefined ? { maxInputTokens } : {};
  return {
    ...(isKnown && { facts: { ...rest, ...longest, ...sizes } }),
    quirks: {
      ...quirksOfAddress(bound),
      ...provider.quirks,
      ...wire.quirks,
      ...quirksOfFacts(listed),
      ...listed?.quirks,
      ...profile.quirks,
    },
  };
}

/** Anthropic insists that reasoning is signed, also where a profile names only its address; who imitates it does not. */
function quirksOfAddress(bound: BoundProfile): Quirks {
  return isAnthropic(bound) ? { signedThinking: true } : {};
}

/** Whoever is known to take nothing but text is not sent pictures. */
function quirksOfFacts(facts: ModelFacts | undefined): Quirks {
  const input = facts?.modalities?.input;
  return input === undefined || input.includes('image') ? {} : { images: false };
}
