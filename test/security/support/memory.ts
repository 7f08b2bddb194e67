import { setTimeout as wait } from 'node:timers/promises';
import { CAN_LOOK_INSIDE, memoryOf, MIB } from '../../faults/support/process-figures.ts';

export { CAN_LOOK_INSIDE, MIB };

/**
 * What a young process may grow by without keeping anything, in bytes: code that is compiled, heap that is not collected
 * yet. It comes on top of what an attack may cost.
 */
export const SLACK = 64 * MIB;

const EVERY_MS = 10;

/** Watches the memory of a process while something happens, and returns by how many bytes it grew at most. */
export async function growthOf(pid: number, happen: () => Promise<unknown>): Promise<number> {
  const before = memoryOf(pid);
  let most = before;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, memoryOf(pid));
      await wait(EVERY_MS);
    }
  })();
  try {
    await happen();
  } finally {
    isOver = true;
    await watching;
  }
  return Math.max(most, memoryOf(pid)) - before;
}
