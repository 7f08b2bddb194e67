import type { Configuration, Profile } from '../config/index.ts';
import { defaultProfile } from './default-profile.ts';

/** The word that stands for the router where a profile is named. No profile may have this name. */
export const AUTO = 'auto';

/**
 * The profile that serves what is left to the router: the one of the rule `default` while the router is on, else the
 * default profile. Throws a failure when no profile is enabled.
 */
export function autoProfile(configuration: Configuration): Profile {
  const { enabled, rules } = configuration.router;
  const ruled = enabled ? configuration.profiles.find(({ name }) => name === rules['default']) : undefined;
  return ruled ?? defaultProfile(configuration);
}

/** The name of the profile that a name stands for: its own, or for `auto` whatever serves that. */
export function profileBehind(name: string, configuration: Configuration): string {
  return name === AUTO ? autoProfile(configuration).name : name;
}
