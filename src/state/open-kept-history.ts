import { messageOf } from '../errors/index.ts';
import { History } from './history.ts';
import { openExistingStateStore } from './open-state-store.ts';

/** A history that is only read. */
export interface KeptHistory {
  readonly history: History;
  close(): Promise<void>;
}

/** Opens what a proxy has kept; undefined where nothing was, or it cannot be read, which `warn` is told. */
export async function openKeptHistory(
  stateFolder: string,
  days: number,
  warn: (message: string) => void,
): Promise<KeptHistory | undefined> {
  try {
    const store = await openExistingStateStore(stateFolder, { warn });
    if (!store) return undefined;
    const history = new History({ store, days: () => days, scrub: (text) => text });
    return { history, close: () => store.close() };
  } catch (error) {
    warn(messageOf(error));
    return undefined;
  }
}
