import type { ModelSlots } from '@claudex/sdk';
import type { BoundProfile } from './bind-profile.ts';
import { knowModel } from './know-model.ts';

/** What is known of a model, wherever that was found. Sizes count tokens. */
export interface KnownSizes {
  readonly id: string;
  readonly contextWindow?: number;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  /** Who says so. */
  readonly source: string;
}

/** A slot of the client, and what serves it. Sizes count tokens; `null` is unknown. */
export interface DescribedSlot {
  readonly model: string;
  readonly context_window: number | null;
  /** The longest prompt, where that is less than the window. */
  readonly max_input_tokens: number | null;
  /** As far as the profile lets a request ask for it. */
  readonly max_output_tokens: number | null;
  /** Who says so; `unknown` when nobody does. */
  readonly source: string;
}

/**
 * The profile as it is used, with everything that its provider fills in but its secret, and with the quirks of its default
 * model. `sizes` is what is known of its models.
 */
export function describeProfile(bound: BoundProfile, sizes: readonly KnownSizes[]) {
  const { profile, builtIn, provider, protocol, baseUrl, credential, models, timeouts, breaker } = bound;
  const { default: defaultModel, ...slots } = models;
  const described = describeSlots(bound, sizes);
  return {
    ...profile,
    built_in: builtIn,
    provider: provider.id,
    provider_title: provider.title,
    protocol: protocol.id,
    provider_type: profile.provider_type ?? protocol.providerTypes[0] ?? null,
    base_url: baseUrl ?? null,
    options: bound.options,
    default_model: defaultModel || null,
    models: slots,
    context_window: profile.context_window ?? described['default']?.context_window ?? null,
    max_output_tokens: profile.max_output_tokens ?? described['default']?.max_output_tokens ?? null,
    slots: described,
    quirks: knowModel(bound, defaultModel).quirks,
    timeouts,
    breaker,
    credential: {
      source: credential.source,
      variable: credential.variable ?? null,
      entry: credential.entry ?? null,
    },
  };
}

/** Every slot that some model serves. */
function describeSlots(bound: BoundProfile, sizes: readonly KnownSizes[]): { [slot: string]: DescribedSlot } {
  const { profile } = bound;
  const entries = Object.entries(servedBy(bound.models)).flatMap(([slot, model]) => {
    if (!model) return [];
    const known = sizes.find(({ id }) => id === model);
    const limits = [known?.maxOutputTokens, profile.max_tokens].filter((limit) => limit !== undefined);
    const isKnown = known?.contextWindow !== undefined || known?.maxOutputTokens !== undefined;
    const described: DescribedSlot = {
      model,
      context_window: known?.contextWindow ?? null,
      max_input_tokens: known?.maxInputTokens ?? null,
      max_output_tokens: limits.length === 0 ? null : Math.min(...limits),
      source: known && isKnown ? known.source : 'unknown',
    };
    return [[slot, described] as const];
  });
  return Object.fromEntries(entries);
}

/** Which model serves a slot that is not set: sub-agents use what their session uses. */
function servedBy(models: ModelSlots): { readonly [slot: string]: string | undefined } {
  const { default: usual, haiku = usual, sonnet = usual, opus = usual, subagent } = models;
  return { default: usual, haiku, sonnet, opus, fable: models.fable ?? opus, subagent };
}
