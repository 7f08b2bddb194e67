import type { Profile } from './configuration.ts';

/** Whether claude talks to Anthropic itself, with its own login, so that the proxy has no part in it. */
export function launchesWithoutProxy(profile: Pick<Profile, 'oauth_provider'>): boolean {
  return profile.oauth_provider === 'claude';
}
