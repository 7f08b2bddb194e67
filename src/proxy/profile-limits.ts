import type { Loss } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';

/** The smallest limit that is known for an answer of this model through this profile, in tokens. */
export function outputLimit({ profile, knownModels }: BoundProfile, model: string): number | undefined {
  const known = profile.max_output_tokens ?? knownModels.find((candidate) => candidate.id === model)?.maxOutputTokens;
  const limits = [known, profile.max_tokens].filter((limit) => limit !== undefined);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** The top-level parameters that the profile takes out of every request, under their names on the wire. */
export function strippedParameters({ profile }: BoundProfile): ReadonlySet<string> {
  return new Set(Array.isArray(profile.strip_params) ? profile.strip_params : []);
}

/** What is recorded when `max_tokens` was lowered. */
export function lossOfLimit(limit: number): Loss {
  return {
    kind: 'adjusted',
    path: 'max_tokens',
    feature: 'max_tokens',
    reason: `lowered to ${limit}, the most this model or profile allows`,
  };
}

/** What is recorded when a parameter was taken out. */
export function lossOfParameter(name: string): Loss {
  return { kind: 'dropped', path: name, feature: 'strip_params', reason: 'the profile strips this parameter' };
}
