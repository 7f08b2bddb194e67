import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/** Asks again and again, at least once, whether something has happened. `false` when it has not within `limitMs`. */
export async function becomesTrue(ask: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    if (await ask()) return true;
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
}
