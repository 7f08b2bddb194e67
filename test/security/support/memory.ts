import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { memoryOf, MIB } from '../../faults/support/process-figures.ts';

export { CAN_LOOK_INSIDE, MIB } from '../../faults/support/process-figures.ts';

/**
 * What a process may grow by without keeping anything, in bytes: code that is compiled, and heap that is not collected
 * yet. It comes on top of what an attack may cost; together they stay below what an attack brings.
 */
const SLACK = 128 * MIB;

const EVERY_MS = 10;

/** Expects the memory of a process to grow by less than `limit` bytes, and slack, while this happens. */
export async function expectCheap(pid: number, limit: number, happen: () => Promise<unknown>): Promise<void> {
  const before = memoryOf(pid);
  let most = before;
  const stop = new AbortController();
  const watching = (async () => {
    while (!stop.signal.aborted) {
      most = Math.max(most, memoryOf(pid));
      await wait(EVERY_MS);
    }
  })();
  try {
    await happen();
  } finally {
    stop.abort();
    await watching;
  }
  expect(most - before, 'bytes more than before').to.be.lessThan(limit + SLACK);
}
