import { launchesWithoutProxy, type Configuration, type Profile } from '../config/index.ts';
import { failure, isClaudexError } from '../errors/index.ts';
import { AUTO, profileBehind } from './auto-profile.ts';
import { bindProfile, requireCredential, type BoundProfile } from './bind-profile.ts';

/** A profile that can be used, as `claudex run` starts it. */
export type ProfileToRun =
  /** Claude serves it with its own login. */
  | { readonly direct: true; readonly profile: Profile }
  | {
      readonly direct: false;
      readonly bound: BoundProfile;
      /** Every profile that may serve its requests, with those whose plugin is missing left out. */
      readonly involved: readonly BoundProfile[];
    };

/** The configured profiles that may have a part in what is run under a name; for `auto` those that a model may be chosen of, too. */
export function involvedProfiles(name: string, configuration: Configuration): Profile[] {
  const served = profileBehind(name, configuration);
  const chosen = configuration.profiles.filter(
    (profile) => profile.name === served || (name === AUTO && profile.enabled),
  );
  const names = new Set(chosen.flatMap((profile) => [profile.name, ...profile.backup_providers]));
  return configuration.profiles.filter((profile) => names.has(profile.name));
}

/**
 * Finds what a name stands for and makes sure that it can be used. Throws a failure for a profile that does not exist, is
 * disabled, cannot be bound or has no key. `keys` is what `readKeys` gives.
 */
export function profileToRun(
  name: string,
  configuration: Configuration,
  descriptors: Parameters<typeof bindProfile>[2],
  keys: NodeJS.ProcessEnv,
): ProfileToRun {
  const served = profileBehind(name, configuration);
  const configured = configuration.profiles.find((profile) => profile.name === served);
  if (configured?.enabled === false) {
    throw failure('profile-disabled', `profile "${served}" is disabled`, 'Set enabled = true in the profile.');
  }
  if (configured && launchesWithoutProxy(configured)) return { direct: true, profile: configured };
  const bound = bindProfile(served, configuration, descriptors, keys);
  requireCredential(bound);
  const others = involvedProfiles(name, configuration).filter((profile) => profile.name !== served);
  const bindIfPossible = (profile: Profile): BoundProfile[] => {
    try {
      return [bindProfile(profile.name, configuration, descriptors, keys)];
    } catch (error) {
      // A backup whose plugin is missing is no reason not to start.
      if (isClaudexError(error)) return [];
      throw error;
    }
  };
  return { direct: false, bound, involved: [bound, ...others.flatMap(bindIfPossible)] };
}
