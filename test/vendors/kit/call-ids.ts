import type { SpokenAnswer } from '../../matrix/support/conversation.ts';

/** An id as the dialects make it: the number of the answer and the place of the call in it. */
const PLAIN = /"(?:call|toolu)_(\d+)_(\d+)"/g;

/** Gives calls the ids of a vendor, and remembers what was said with each. */
export class CallIds {
  readonly #said = new Map<string, SpokenAnswer>();

  /** Puts the vendor's ids into an answer as it goes over the wire. */
  rename(text: string, answer: SpokenAnswer, n: number, callId?: (answer: number, index: number) => string): string {
    return text.replaceAll(PLAIN, (plain, number: string, index: string) => {
      if (Number(number) !== n) return plain;
      const id = callId?.(n, Number(index)) ?? plain.slice(1, -1);
      this.#said.set(id, answer);
      return JSON.stringify(id);
    });
  }

  /** What was said together with a call; undefined for a call of somebody else. */
  saidWith(id: string): SpokenAnswer | undefined {
    return this.#said.get(id);
  }
}
