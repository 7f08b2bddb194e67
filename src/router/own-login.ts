import type { Profile } from '../config/index.ts';

/** Whether claude talks to Anthropic itself, with its own login, so that the proxy has no part in it. */
export function launchesWithoutProxy(profile: Profile): boolean {
  return profile.oauth_provider === 'claude';
}
