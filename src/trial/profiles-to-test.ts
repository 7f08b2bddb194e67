import type { Configuration } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/** The profiles that are meant, each once. Throws a failure when "all" means nobody. */
export function profilesToTest(given: readonly string[], { profiles }: Configuration): string[] {
  const enabled = profiles.filter((profile) => profile.enabled).map(({ name }) => name);
  if (given.includes('all') && enabled.length === 0) {
    throw failure(
      'no-profile-enabled',
      profiles.length === 0 ? 'no profile is configured yet' : 'no profile is enabled',
      'Add one with "claudex profile add", or try "claudex profile test demo", which needs no account.',
    );
  }
  return [...new Set(given.flatMap((name) => (name === 'all' ? enabled : [name])))];
}
