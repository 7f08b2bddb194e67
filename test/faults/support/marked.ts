import type { Call } from './call.ts';
import { question } from './client.ts';

/** A question in which a number stands that reaches the provider whatever its protocol is: {@link markOf} finds it. */
export function marked(stream: boolean, mark: number): object {
  return question(stream, { messages: [{ role: 'user', content: `Read my notes, please. (mark ${mark})` }] });
}

/** The number of a marked question. */
export function markOf({ body }: Call): number {
  const [, digits] = /\(mark (\d+)\)/.exec(JSON.stringify(body)) ?? [];
  if (digits === undefined) throw new Error('this question has no mark');
  return Number(digits);
}

/** Runs this for every item, at most `lanes` at a time; rejects with the first failure. */
export async function forEach<Item>(
  items: Iterable<Item>,
  lanes: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = waiting.next(); next.done !== true; next = waiting.next()) await run(next.value);
    }),
  );
}

/** 0, 1, 2 … without `end`. */
export function* upTo(end: number, step = 1): Generator<number> {
  for (let value = 0; value < end; value += step) yield value;
}
