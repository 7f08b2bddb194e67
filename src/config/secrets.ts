import type { Configuration } from './configuration.ts';
import type { Profile } from './profile.ts';

/** What is printed instead of a secret: always the same, so that it does not even tell the length. */
export function maskSecret(): string {
  return '********';
}

const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['authorization', 'x-api-key', 'api-key', 'cookie']);
const CREDENTIAL_PARAMETERS: ReadonlySet<string> = new Set(['key', 'api-key', 'api_key', 'access_token', 'token']);

/** Whether a header carries a credential, in any case of its letters. */
export function isCredentialHeader(name: string): boolean {
  return CREDENTIAL_HEADERS.has(name.toLowerCase());
}

/** Every secret the configuration holds or names: for logs, for the child's environment, for refusing to print. */
export function secretsOf(configuration: Configuration, environment: NodeJS.ProcessEnv): string[] {
  const found = [
    configuration.proxy_token,
    ...configuration.profiles.flatMap((profile) => ofProfile(profile, environment)),
  ];
  return [...new Set(found.filter((secret): secret is string => secret !== undefined && secret !== ''))];
}

/** A copy of a profile that may be printed. */
export function maskedProfile(profile: Profile): Profile {
  const copy: Profile = {
    ...profile,
    custom_headers: masked(profile.custom_headers, isCredentialHeader),
    query_params: masked(profile.query_params, isCredentialParameter),
  };
  if (profile.api_key !== undefined && profile.api_key !== '') copy.api_key = maskSecret();
  if (profile.base_url !== undefined) copy.base_url = withoutPassword(profile.base_url);
  return copy;
}

/** A copy of the configuration that may be printed. */
export function maskedConfiguration(configuration: Configuration): Configuration {
  const copy: Configuration = { ...configuration, profiles: configuration.profiles.map(maskedProfile) };
  if (copy.proxy_token !== undefined) copy.proxy_token = maskSecret();
  return copy;
}

/** An address may carry a login: `https://user:password@host`. */
function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === '') return address;
  url.password = maskSecret();
  return url.href;
}

function ofProfile(profile: Profile, environment: NodeJS.ProcessEnv): (string | undefined)[] {
  return [
    profile.api_key,
    profile.api_key_env === undefined ? undefined : environment[profile.api_key_env]?.trim(),
    ...valuesOf(profile.custom_headers, isCredentialHeader).flatMap((value) => [value, value.replace(/^\S+\s+/, '')]),
    ...valuesOf(profile.query_params, isCredentialParameter),
  ];
}

/** Whether a query parameter carries a credential, in any case of its letters. */
export function isCredentialParameter(name: string): boolean {
  return CREDENTIAL_PARAMETERS.has(name.toLowerCase());
}

function valuesOf(texts: Record<string, string>, wanted: (name: string) => boolean): string[] {
  return Object.entries(texts)
    .filter(([name]) => wanted(name))
    .map(([, value]) => value);
}

function masked(texts: Record<string, string>, wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, wanted(name) ? maskSecret() : value]));
}
