import { completeProfile, type Profile } from '../config/index.ts';
import { failure } from '../errors/index.ts';

/**
 * The built-in profile of the first local server that runs. What it stands for is not known without looking, so that it is
 * put into the configuration before it is bound.
 */
export const LOCAL = 'local';

/** Profiles that exist without configuration. A configured profile of the same name wins. */
export const BUILT_IN_PROFILES: ReadonlyMap<string, Profile> = new Map([
  ['demo', completeProfile({ name: 'demo', provider: 'demo' })],
]);

/** The failure for `local` where nobody has looked for servers. */
export function localUnsettled(): Error {
  return failure(
    'local-not-looked-for',
    'the profile "local" stands for whatever server runs on this machine, which is not looked for here',
    '"claudex models local" shows which one that is.',
  );
}
