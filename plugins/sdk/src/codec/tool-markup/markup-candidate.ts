import { MarkupCursor, type Reading } from './markup-cursor.ts';
import type { Offer, PrintedCall } from './markup-dialect.ts';
import type { Opening } from './markup-dialects.ts';

/** Text that began like markup and is being read. */
export class MarkupCandidate {
  /** The opening, as it came. */
  readonly opening: string;
  readonly #cursor = new MarkupCursor();
  readonly #reading: Reading<void>;
  /** Everything behind the opening, as it came. */
  readonly #raw: string[] = [];
  readonly #calls: PrintedCall[] = [];
  #isMarkup = false;
  #isOver = false;

  constructor({ text, dialect }: Opening, offer: Offer) {
    this.opening = text;
    this.#reading = dialect.read(this.#cursor, offer, (call) => {
      this.#calls.push(call);
      this.#isMarkup = true;
      this.#cursor.accept();
    });
  }

  /** Whether it is settled what this is. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it wanted more than the limit allows. */
  get hasRunOut(): boolean {
    return this.#cursor.hasRunOut;
  }

  /** How much was read that belongs to no call, in UTF-16 units behind the opening. */
  get readInVain(): number {
    return this.#cursor.position - this.#cursor.accepted;
  }

  /** Whether it holds a call. */
  get isMarkup(): boolean {
    return this.#isMarkup;
  }

  /** Takes the next text, and the last one with `isLast`. Returns the calls that are complete with it. */
  add(text: string, isLast: boolean): PrintedCall[] {
    this.#raw.push(text);
    this.#cursor.add(text);
    if (isLast) this.#cursor.finish();
    this.#isOver = this.#reading.next().done === true;
    return this.#calls.splice(0);
  }

  /** What was not part of a call: all behind the opening where there was none. */
  rest(): string {
    return this.#raw.join('').slice(this.#isMarkup ? this.#cursor.accepted : 0);
  }
}
