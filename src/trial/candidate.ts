import { launchesWithoutProxy, type Configuration } from '../config/index.ts';
import { isClaudexError } from '../errors/index.ts';
import type { Registry } from '../registry/index.ts';
import { bindProfile, type BoundProfile } from '../router/index.ts';
import type { Connectivity } from './connectivity.ts';

/** What profiles are bound with. */
export interface ProfileScope {
  readonly configuration: Configuration;
  readonly registry: Registry;
  /** What `readKeys` gives. */
  readonly keys: NodeJS.ProcessEnv;
}

/** A profile that can be tested, or what is known of it already. */
export type Candidate = { readonly name: string } & (
  | { readonly bound: BoundProfile }
  | { readonly found: Connectivity }
  /** Why nothing can be tested. */
  | { readonly skipped: string }
);

/** Looks a profile up. Throws a failure when there is none of that name; what else is wrong with it is a result. */
export function candidateOf(name: string, { configuration, registry, keys }: ProfileScope): Candidate {
  const configured = configuration.profiles.find((profile) => profile.name === name);
  if (configured && launchesWithoutProxy(configured))
    return { name, skipped: 'it uses the login of claude itself, which only claude can test' };
  try {
    return { name, bound: bindProfile(name, configuration, registry, keys) };
  } catch (error) {
    if (!configured || !isClaudexError(error)) throw error;
    const { message: reason, remedy = 'Correct the profile.' } = error;
    const problem = { code: 'profile-incomplete', reason, remedy } as const;
    return { name, found: { ok: false, latency_ms: null, asked: null, problem } };
  }
}
