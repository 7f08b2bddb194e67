import { readKeys, type Configuration, type ReadKeys } from '../config/index.ts';
import type { ProxyOptions } from './proxy-options.ts';

/** Nobody sits before a proxy to unlock a keyring, and its clients wait; in milliseconds. */
const LIMIT_MS = 3_000;

/** The keys that go with a configuration: those the proxy was started with, and what its profiles have in the keyring. */
export async function keysOf(
  { keys, stateFolder }: Pick<ProxyOptions, 'keys' | 'stateFolder'>,
  { profiles }: Configuration,
): Promise<ReadKeys> {
  return stateFolder === undefined ? { keys, warnings: [] } : readKeys(profiles, keys, stateFolder, LIMIT_MS);
}
