import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is neither undefined nor false, and returns it. Throws after `limitMs`, saying what was awaited. */
export async function waitUntil<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  limitMs = 60_000,
): Promise<Exclude<Answer, undefined | false>> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<Answer, undefined | false>;
    if (Date.now() >= end) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await pause(50);
  }
}
