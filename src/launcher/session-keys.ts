import { keyringKey } from '../config/index.ts';

/** As much of a bound profile as says where its key may be. */
export interface KeyOwner {
  readonly profile: { readonly api_key_env?: string; readonly api_key_keyring?: string };
  readonly provider: {
    readonly keyVariables?: readonly string[];
    readonly endpoints?: readonly { readonly keyVariables?: readonly string[] }[];
    readonly options?: { readonly [name: string]: { readonly variables?: readonly string[] } };
  };
}

/** The variables in which users keep what a provider needs: its keys, and what its options say. */
function variablesOf({ keyVariables: keys = [], endpoints = [], options = {} }: KeyOwner['provider']): string[] {
  return [
    ...keys,
    ...endpoints.flatMap((endpoint) => endpoint.keyVariables ?? []),
    ...Object.values(options).flatMap((option) => option.variables ?? []),
  ];
}

/** Every variable in which these profiles or providers may have a key, whether it is set or not. */
export function keyVariables(
  profiles: readonly KeyOwner['profile'][],
  providers: Iterable<KeyOwner['provider']>,
): readonly string[] {
  const named = profiles.flatMap((profile) => profile.api_key_env ?? []);
  return [...new Set([...named, ...[...providers].flatMap(variablesOf)])];
}

/**
 * The keys of these profiles that are there, by name: the daemon may have been started elsewhere. `known` is what
 * `readKeys` gives.
 */
export function sessionKeys(owners: readonly KeyOwner[], known: NodeJS.ProcessEnv): { [variable: string]: string } {
  const names = owners.flatMap(({ profile, provider }) => [
    ...(profile.api_key_env ? [profile.api_key_env] : []),
    ...(profile.api_key_keyring ? [keyringKey(profile.api_key_keyring)] : []),
    ...variablesOf(provider),
  ]);
  return Object.fromEntries(
    names.map((name) => [name, known[name]]).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
