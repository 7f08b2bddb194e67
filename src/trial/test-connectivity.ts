import { createScrubber, isClaudexError } from '../errors/index.ts';
import { namesSecret, printable } from '../config/index.ts';
import { requireCredential, type BoundProfile } from '../router/index.ts';
import { askForCompletion, askForModels, type Finding } from './ask-provider.ts';
import type { Connectivity, Problem } from './connectivity.ts';
import type { TrialWay } from './trial-way.ts';

/**
 * Asks a provider whether it takes this profile as it is: address, key, headers and query are those of the proxy's own
 * requests. The list of models decides, and costs nothing; where there is none, a completion of a few tokens does.
 * Throws only when `signal` ended it.
 */
export async function testConnectivity(bound: BoundProfile, way: TrialWay, signal: AbortSignal): Promise<Connectivity> {
  const { asked, latencyMs, problem } =
    withoutKey(bound) ?? (await askForModels(bound, way, signal)) ?? (await askForCompletion(bound, way, signal));
  return {
    ok: problem === undefined,
    latency_ms: latencyMs,
    asked,
    ...(problem && { problem: withoutSecrets(problem, bound, way) }),
  };
}

function withoutKey(bound: BoundProfile): Finding | undefined {
  try {
    requireCredential(bound);
    return undefined;
  } catch (error) {
    if (!isClaudexError(error)) throw error;
    const { message: reason, remedy = 'Give the profile a key.' } = error;
    return { asked: null, latencyMs: null, problem: { code: 'key-missing', reason, remedy } };
  }
}

/** Providers like to repeat the key they refuse. */
function withoutSecrets(problem: Problem, { credential, profile }: BoundProfile, way: TrialWay): Problem {
  const scrubber = createScrubber();
  if (credential.value !== undefined) scrubber.know(credential.value);
  for (const [name, value] of Object.entries({ ...profile.custom_headers, ...profile.query_params })) {
    if (!namesSecret(name)) continue;
    scrubber.know(value);
    // Also without a scheme such as `Bearer`.
    scrubber.know(value.replace(/^\S+\s+/, ''));
  }
  return { ...problem, reason: printable(scrubber.scrub(way.scrubber.scrub(problem.reason))) };
}
