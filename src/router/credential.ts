import type { Provider } from '@claudex/sdk';
import { keyringKey, type Profile } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/** Where a credential was found. `started`: the provider's own upstream hands one out. */
export type CredentialSource = 'profile' | 'api_key_env' | 'api_key_keyring' | 'convention' | 'started' | 'none';

/** What a profile shows to its provider. */
export interface BoundCredential {
  readonly source: CredentialSource;
  /** The secret itself. */
  readonly value?: string;
  /** The environment variable it came from, or should come from. */
  readonly variable?: string;
  /** The entry of the keyring it came from, or should come from. */
  readonly entry?: string;
}

/**
 * Looks for a profile's credential: its own key, the variable it names, the entry of the keyring it names, and only for
 * one that names nothing the provider's conventional variables. `keys` is what `readKeys` gives.
 */
export function findCredential(profile: Profile, provider: Provider, keys: NodeJS.ProcessEnv): BoundCredential {
  if (provider.start) return { source: 'started' };
  if (profile.api_key) return { source: 'profile', value: profile.api_key };
  const { api_key_env: variable, api_key_keyring: entry } = profile;
  if (variable || entry) return namedCredential(variable, entry, keys);
  const conventional = provider.keyVariables ?? [];
  const found = conventional.find((name) => keys[name]);
  if (found !== undefined) return { source: 'convention', value: keys[found] ?? '', variable: found };
  return { source: 'none', ...(conventional[0] !== undefined && { variable: conventional[0] }) };
}

function namedCredential(
  variable: string | undefined,
  entry: string | undefined,
  keys: NodeJS.ProcessEnv,
): BoundCredential {
  const exported = variable && keys[variable];
  if (exported) return { source: 'api_key_env', value: exported, variable };
  const kept = entry && keys[keyringKey(entry)];
  if (kept) return { source: 'api_key_keyring', value: kept, entry };
  return { source: 'none', ...(variable && { variable }), ...(entry && { entry }) };
}

/**
 * Checks that a profile has the credential its provider needs. Throws a failure that names the variable to export or the
 * entry to store. A profile that names neither and a provider that expects none may go without: local servers do.
 */
export function checkCredential(profile: Profile, provider: Provider, credential: BoundCredential): void {
  const { source, variable, entry } = credential;
  if (source !== 'none' || provider.needsCredential === false) return;
  if (entry !== undefined) throw missingEntry(profile, entry, variable);
  if (variable === undefined) return;
  throw failure(
    'credential-missing',
    `profile "${profile.name}" has no key: ${variable} is not set`,
    `Run "export ${variable}=…" in this shell, or give the profile an api_key.`,
  );
}

function missingEntry({ name }: Profile, entry: string, variable: string | undefined): Error {
  const missing = variable === undefined ? '' : `${variable} is not set, and `;
  return failure(
    'credential-missing',
    `profile "${name}" has no key: ${missing}the keyring has no entry "${entry}"`,
    `"claudex profile edit ${name} --keyring" asks for the key and stores it.`,
  );
}
