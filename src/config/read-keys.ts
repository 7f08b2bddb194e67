import { readSecrets } from '../state/index.ts';
import type { Profile } from './configuration.ts';

/**
 * Under which name the secret of a keyring entry stands beside the variables that hold keys. No variable can have that
 * name.
 */
export function keyringKey(entry: string): string {
  return `keyring:${entry}`;
}

/** Keys by the name that a profile's credential is looked up with. */
export interface ReadKeys {
  /** The environment, and the secrets of the keyring under {@link keyringKey}. Held in memory only: no child gets this. */
  readonly keys: NodeJS.ProcessEnv;
  /** Lines for stderr: what of the keyring could not be read. Who needs it fails for want of a key. */
  readonly warnings: readonly string[];
}

/**
 * Reads from the keyring what these profiles name, and adds it to the environment. Asks nobody when none names anything.
 * `limitMs` is how long the keyring may take for each answer; default: long enough for a person to unlock it.
 */
export async function readKeys(
  profiles: readonly Pick<Profile, 'api_key_keyring'>[],
  environment: NodeJS.ProcessEnv,
  stateFolder: string,
  limitMs?: number,
): Promise<ReadKeys> {
  const entries = profiles.flatMap(({ api_key_keyring: entry }) => (entry ? [entry] : []));
  if (entries.length === 0) return { keys: environment, warnings: [] };
  const { secrets, problems } = await readSecrets(stateFolder, entries, limitMs === undefined ? {} : { limitMs });
  const found = [...secrets].map(([entry, secret]): [string, string] => [keyringKey(entry), secret]);
  return { keys: { ...environment, ...Object.fromEntries(found) }, warnings: problems };
}
