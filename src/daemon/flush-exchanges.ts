import { isClaudexError } from '../errors/index.ts';
import type { Daemon } from './daemon.ts';

/** Makes a proxy write the reports that it holds back for a moment: it does so when it is asked for the newest. */
export async function flushExchanges(daemon: Daemon): Promise<void> {
  try {
    (await daemon.call({ method: 'GET', path: '/-/exchanges/latest' })).cancel();
  } catch (error) {
    // It has none yet, is too old for the question, or has just ended.
    if (!isClaudexError(error)) throw error;
  }
}
