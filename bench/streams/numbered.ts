import type { Answer } from '../fixtures/answer.ts';
import { MARK } from '../fixtures/prose.ts';

const NUMBER = new RegExp(`#(\\d+)${MARK}`, 'g');
/** More than the longest numbered piece has, in characters. */
const LONGEST = 16;

/** An answer whose pieces say which they are. */
export function numberedAnswer(count: number): Answer {
  return { reasoning: [], text: Array.from({ length: count }, (_, index) => ` #${index}${MARK}`), calls: [] };
}

/** Reads along with one stream, in whatever protocol it is, and throws for a piece that is not the next one. */
export class NumberCheck {
  #rest = '';
  #next = 0;

  /** How many pieces have come. */
  get count(): number {
    return this.#next;
  }

  /** Takes some text and returns how many pieces were completed by it. */
  push(text: string): number {
    const before = this.#next;
    const all = this.#rest + text;
    let end = 0;
    for (const match of all.matchAll(NUMBER)) {
      if (Number(match[1]) !== this.#next) throw new Error(`piece ${match[1]} came instead of ${this.#next}`);
      this.#next += 1;
      end = match.index + match[0].length;
    }
    this.#rest = all.slice(Math.max(end, all.length - LONGEST));
    return this.#next - before;
  }
}
