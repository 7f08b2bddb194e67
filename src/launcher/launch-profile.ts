import type { Profile } from '../config/index.ts';

/** What the launcher needs to know about a profile. A profile that the router has bound is one. */
export interface LaunchProfile {
  readonly profile: Profile;
  readonly models: LaunchModels;
  readonly knownModels: readonly LaunchFacts[];
  readonly credential: { readonly value?: string };
  readonly provider?: { readonly local?: boolean };
}

/** What is known of a model. Sizes count tokens. */
export interface LaunchFacts {
  readonly id: string;
  readonly title?: string;
  readonly contextWindow?: number;
  /** The longest prompt, where that is less than the window. */
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly modalities?: { readonly input: readonly string[] };
  readonly reasoning?: object;
}

/** A model per slot of Claude Code; an empty `default` means that claude chooses. */
export interface LaunchModels {
  readonly default: string;
  readonly haiku?: string;
  readonly sonnet?: string;
  readonly opus?: string;
  readonly fable?: string;
  readonly subagent?: string;
}

/** The launcher's view of a profile that needs no provider, because claude logs in itself. */
export function subscriptionProfile(profile: Profile): LaunchProfile {
  return {
    profile,
    models: { ...profile.models, default: profile.default_model ?? '' },
    knownModels: [],
    credential: {},
  };
}
