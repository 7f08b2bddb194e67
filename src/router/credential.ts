import type { Provider } from '@claudex/sdk';
import { keyringKey, type Profile } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/** Where a credential was found. `started`: the provider's own upstream hands one out. */
export type CredentialSource = 'profile' | 'api_key_env' | 'api_key_keyring' | 'convention' | 'started' | 'none';

/** Printable characters of Latin-1, which is what a header carries whole. */
const FITS_INTO_HEADER = /^[\x20-\x7E\xA1-\xFF]*$/;

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
 * one that names nothing the provider's conventional variables. `keys` is what `readKeys` gives. White space around a key,
 * as from a file that ends with a line break, is no part of it.
 */
export function findCredential(profile: Profile, provider: Provider, keys: NodeJS.ProcessEnv): BoundCredential {
  if (provider.start) return { source: 'started' };
  const own = trimmed(profile.api_key);
  if (own) return { source: 'profile', value: own };
  const { api_key_env: variable, api_key_keyring: entry } = profile;
  if (variable || entry) return namedCredential(variable, entry, keys);
  const conventional = provider.keyVariables ?? [];
  const found = conventional.find((name) => trimmed(keys[name]));
  if (found !== undefined) return { source: 'convention', value: trimmed(keys[found]), variable: found };
  return { source: 'none', ...(conventional[0] !== undefined && { variable: conventional[0] }) };
}

function namedCredential(
  variable: string | undefined,
  entry: string | undefined,
  keys: NodeJS.ProcessEnv,
): BoundCredential {
  const exported = variable && trimmed(keys[variable]);
  if (exported) return { source: 'api_key_env', value: exported, variable };
  const kept = entry && trimmed(keys[keyringKey(entry)]);
  if (kept) return { source: 'api_key_keyring', value: kept, entry };
  return { source: 'none', ...(variable && { variable }), ...(entry && { entry }) };
}

function trimmed(key: string | undefined): string {
  return key?.trim() ?? '';
}

/**
 * Checks that a profile has the credential its provider needs, and that it fits into a header. Throws a failure that names
 * the variable to export or the entry to store, and never the key. A profile that names neither and a provider that
 * expects none may go without: local servers do.
 */
export function checkCredential(profile: Profile, provider: Provider, credential: BoundCredential): void {
  const { source, variable, entry, value } = credential;
  if (value !== undefined && !FITS_INTO_HEADER.test(value)) throw malformedKey(profile, credential);
  if (source !== 'none' || provider.needsCredential === false) return;
  if (entry !== undefined) throw missingEntry(profile, entry, variable);
  if (variable === undefined) return;
  throw failure(
    'credential-missing',
    `profile "${profile.name}" has no key: ${variable} is not set`,
    `Run "export ${variable}=…" in this shell, or give the profile an api_key.`,
  );
}

function malformedKey({ name }: Profile, { source, variable, entry = '' }: BoundCredential): Error {
  const place = source === 'profile' ? 'its api_key' : (variable ?? `the entry "${entry}" of the keyring`);
  return failure(
    'credential-malformed',
    `the key of profile "${name}" cannot be sent: ${place} has a line break or another character in it that no header can carry`,
    source === 'api_key_keyring'
      ? `"claudex profile edit ${name} --keyring" asks for the key and stores it.`
      : `Set ${place} to the key alone, as the provider shows it.`,
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
