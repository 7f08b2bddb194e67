import { seededRandom } from './seeded-random.ts';

/** The sequence cut before its first item and after every item but the last: everything a broken connection can leave. */
export function* truncations<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let length = 0; length < items.length; length += 1) yield items.slice(0, length);
}

/**
 * `count` random merges of several sequences that keep the order inside each of them. A longer sequence is
 * drawn from more often, so that all of them run out at about the same time.
 */
export function* interleavings<Item>(
  sequences: readonly (readonly Item[])[],
  { seed, count }: { seed: number; count: number },
): Generator<Item[]> {
  const random = seededRandom(seed);
  for (let round = 0; round < count; round += 1) yield interleaveOnce(sequences, random);
}

function interleaveOnce<Item>(sequences: readonly (readonly Item[])[], random: () => number): Item[] {
  const pending = sequences.map((sequence) => sequence.values());
  const remaining = sequences.map((sequence) => sequence.length);
  const merged: Item[] = [];
  let total = remaining.reduce((sum, length) => sum + length, 0);
  while (total > 0) {
    let ticket = Math.floor(random() * total);
    const chosen = remaining.findIndex((length) => (ticket -= length) < 0);
    const next = pending[chosen]?.next();
    if (next === undefined || next.done === true) throw new Error('interleavings lost count of its sequences');
    merged.push(next.value);
    remaining[chosen] = (remaining[chosen] ?? 0) - 1;
    total -= 1;
  }
  return merged;
}
