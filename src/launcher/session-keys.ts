/** As much of a bound profile as says where its key may be. */
export interface KeyOwner {
  readonly profile: { readonly api_key_env?: string };
  readonly provider: { readonly keyVariables?: readonly string[] };
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
