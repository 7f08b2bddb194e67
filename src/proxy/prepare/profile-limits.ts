import type { Loss, ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../../router/index.ts';

/** The smallest limit that is known for an answer of a model through this profile, in tokens. */
export function outputLimit({ profile }: BoundProfile, facts: ModelFacts | undefined): number | undefined {
  const limits = [facts?.maxOutputTokens, profile.max_tokens].filter((limit) => limit !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** The top-level parameters that the profile takes out of every request, under their names on the wire. */
export function strippedParameters({ profile }: BoundProfile): ReadonlySet<string> {
  return new Set(Array.isArray(profile.strip_params) ? profile.strip_params : []);
}

/** What is recorded when a parameter was taken out. */
export function lossOfParameter(name: string): Loss {
  return { kind: 'dropped', path: name, feature: 'strip_params', reason: 'The profile strips this parameter.' };
}
