import type { StateStore } from './state-store.ts';

const COLLECTION = 'cooldown';
/** Far more than anybody has credentials and models. */
const MOST = 10_000;

/** Every cooldown that is not over: its key and its end, in milliseconds since the epoch. */
export async function loadCooldowns(store: StateStore): Promise<ReadonlyMap<string, number>> {
  const entries = await store.list(COLLECTION, { limit: MOST });
  const ends = entries.map(({ key, expiresAt }): [string, number] => [key, expiresAt ?? 0]);
  return new Map(ends.filter(([, end]) => end > 0));
}

/**
 * Keeps a cooldown until it is over, so that it survives a restart. The key is opaque and holds no secret; `untilMs` is in
 * milliseconds since the epoch. One that is over already is forgotten.
 */
export async function saveCooldown(store: StateStore, key: string, untilMs: number): Promise<void> {
  if (untilMs <= Date.now()) return store.remove(COLLECTION, key);
  await store.put(COLLECTION, key, null, { expiresAt: untilMs });
}
