import { isClaudexError } from '../errors/index.ts';
import { History, openExistingStateStore } from '../state/index.ts';
import type { LastUse } from './overview.ts';

/** Nobody waits longer than this for a file that others write, in milliseconds. */
const BUSY_MS = 200;

/** The request that ended last. A history that cannot be read is as good as none here; `claudex doctor` says more. */
export async function glanceAtHistory(stateFolder: string): Promise<LastUse | null> {
  try {
    const store = await openExistingStateStore(stateFolder, { busyMs: BUSY_MS });
    if (store === undefined) return null;
    try {
      const history = new History({ store, days: () => 0, scrub: (text) => text });
      const [last] = await history.recent({ limit: 1 });
      if (last === undefined) return null;
      return { at: last.started_at, profile: last.served_by ?? last.profile, model: last.model };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (isClaudexError(error)) return null;
    throw error;
  }
}
