import { isClaudexError } from '../errors/index.ts';
import { AUTO, involvedProfiles, profileBehind } from '../router/index.ts';
import type { ProfileDirectory, Scope } from './profile-directory.ts';

/**
 * Everything that decides how the requests of a profile's address are served, as one comparable text. For `auto` that is
 * every enabled profile, because its clients may choose a model of each.
 */
export function meaningOf(name: string, scope: Scope, profiles: ProfileDirectory): string {
  const { configuration } = scope;
  const { model_aliases, timeouts, retry, breaker } = configuration;
  const served = servedBy(name, scope);
  const chain = namesBehind(name, scope).map((each) => ({
    name: each,
    profile: configuration.profiles.find((profile) => profile.name === each),
    ...variablesOf(each, scope, profiles),
  }));
  return JSON.stringify({ served, chain, model_aliases, timeouts, retry, breaker }, sorted);
}

/** The profiles that may serve an address, its own first. Only its own name where that is no configured profile. */
function namesBehind(name: string, scope: Scope): string[] {
  const served = servedBy(name, scope);
  if (served === undefined) return [name];
  const own = scope.configuration.profiles.find((profile) => profile.name === served);
  const others = name === AUTO ? involvedProfiles(name, scope.configuration).map((profile) => profile.name) : [];
  return [...new Set([served, ...(own?.backup_providers ?? []), ...others])];
}

/** Undefined for `auto` where no profile is enabled; opening a session for it says so. */
function servedBy(name: string, { configuration }: Scope): string | undefined {
  try {
    return profileBehind(name, configuration);
  } catch (error) {
    if (isClaudexError(error)) return undefined;
    throw error;
  }
}

/** What a profile has from the environment: its key, and options that it does not say itself. */
function variablesOf(profile: string, scope: Scope, profiles: ProfileDirectory) {
  try {
    const { credential, options } = profiles.find(profile, scope);
    return { credential: credential.value, options };
  } catch {
    // A profile that cannot be bound has none of it; opening a session for it says why.
    return {};
  }
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
