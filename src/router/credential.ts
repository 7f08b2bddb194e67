import type { Provider } from '@claudex/sdk';
import type { Profile } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/** Where a credential was found. `started`: the provider's own upstream hands one out. */
export type CredentialSource = 'profile' | 'api_key_env' | 'convention' | 'started' | 'none';

/** What a profile shows to its provider. */
export interface BoundCredential {
  readonly source: CredentialSource;
  /** The secret itself. */
  readonly value?: string;
  /** The environment variable it came from, or should come from. */
  readonly variable?: string;
}

/** Looks for a profile's credential: its own key, the variable it names, then the provider's conventional ones. */
export function findCredential(profile: Profile, provider: Provider, environment: NodeJS.ProcessEnv): BoundCredential {
  if (provider.start) return { source: 'started' };
  if (profile.api_key) return { source: 'profile', value: profile.api_key };
  if (profile.api_key_env) {
    const value = environment[profile.api_key_env];
    return { source: value ? 'api_key_env' : 'none', variable: profile.api_key_env, ...(value ? { value } : {}) };
  }
  for (const variable of provider.keyVariables ?? []) {
    const value = environment[variable];
    if (value) return { source: 'convention', value, variable };
  }
  const [conventional] = provider.keyVariables ?? [];
  return conventional === undefined ? { source: 'none' } : { source: 'none', variable: conventional };
}

/**
 * Checks that a profile has the credential its provider needs. Throws a failure that names the variable to
 * export. A profile that names no variable and a provider that expects none may go without: local servers do.
 */
export function checkCredential(profile: Profile, provider: Provider, credential: BoundCredential): void {
  if (credential.source !== 'none' || credential.variable === undefined || provider.needsCredential === false) return;
  throw failure(
    'credential-missing',
    `profile "${profile.name}" has no key: ${credential.variable} is not set`,
    `Run "export ${credential.variable}=…" in this shell, or give the profile an api_key.`,
  );
}
