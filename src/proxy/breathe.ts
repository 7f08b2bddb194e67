import { setImmediate as nextTurn } from 'node:timers/promises';

/** From this size on, in bytes, a body takes so long that others are let in between the steps of its work. */
const LARGE_BODY = 2 * 1024 * 1024;

/** Lets other streams go on between two steps of work on a large body. */
export async function breathe(bytes: number): Promise<void> {
  if (bytes >= LARGE_BODY) await nextTurn();
}
