import { completeProfile, type Profile } from '../config/index.ts';

/** Profiles that exist without configuration. A configured profile of the same name wins. */
export const BUILT_IN_PROFILES: ReadonlyMap<string, Profile> = new Map([
  ['demo', completeProfile({ name: 'demo', provider: 'demo' })],
]);
