import { failure, type ClaudexError } from '../errors/index.ts';
import type { Configuration } from './configuration.ts';
import { didYouMean, nearest } from './nearest.ts';
import { printable } from './tables.ts';

/** The failure for a name that no profile has, with the name that was probably meant and those there are. */
export function profileNotFound(name: string, { profiles }: Pick<Configuration, 'profiles'>): ClaudexError {
  const names = profiles.map((profile) => profile.name);
  return failure(
    'profile-not-found',
    `there is no profile "${printable(name)}"${didYouMean(nearest(name, names))}`,
    names.length > 0
      ? `Known profiles: ${names.join(', ')}.`
      : 'No profile is configured yet: "claudex profile add" sets one up, "claudex run demo" needs none.',
  );
}
