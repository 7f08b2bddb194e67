/** As much of a bound profile as says where its key may be. */
export interface KeyOwner {
  readonly profile: { readonly api_key_env?: string };
  readonly provider: { readonly keyVariables?: readonly string[] };
}

/** Every variable in which these profiles or providers may have a key, whether it is set or not. */
export function keyVariables(
  profiles: readonly KeyOwner['profile'][],
  providers: Iterable<KeyOwner['provider']>,
): readonly string[] {
  const named = profiles.flatMap((profile) => profile.api_key_env ?? []);
  return [...new Set([...named, ...[...providers].flatMap((provider) => provider.keyVariables ?? [])])];
}

/** The key variables of these profiles that are set here, by name: the daemon may have been started elsewhere. */
export function sessionKeys(
  owners: readonly KeyOwner[],
  environment: NodeJS.ProcessEnv,
): { [variable: string]: string } {
  const names = owners.flatMap(({ profile, provider }) => [
    ...(profile.api_key_env ? [profile.api_key_env] : []),
    ...(provider.keyVariables ?? []),
  ]);
  return Object.fromEntries(
    names.map((name) => [name, environment[name]]).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
