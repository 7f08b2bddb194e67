import { parseJson } from '../values.ts';
import { JsonScanner } from './json-scanner.ts';

/** A reading that pauses (yields) wherever it needs text that has not come yet. */
export type Reading<Result> = Generator<undefined, Result, undefined>;

/** Longest markup that is waited for, in UTF-16 units: 256 KiB. */
const LONGEST_MARKUP = 262_144;

/** Reads markup while it arrives. Text that was read is not kept, so that long arguments cost no more than short ones. */
export class MarkupCursor {
  /** How much of the markup has been read, in UTF-16 units. */
  position = 0;
  /** How much of it belongs to calls that are complete. */
  accepted = 0;
  /** Whether more was wanted than the limit allows. */
  hasRunOut = false;
  #unread = '';
  #room = LONGEST_MARKUP;
  #ended = false;

  /** More text has come. What is beyond the limit is not seen. */
  add(text: string): void {
    this.#unread += text.slice(0, this.#room);
    this.#room = Math.max(0, this.#room - text.length);
  }

  /** All that has been read belongs to calls. */
  accept(): void {
    this.accepted = this.position;
  }

  /** No more text will come. */
  finish(): void {
    this.#ended = true;
  }

  /** Passes over white space. */
  *space(): Reading<void> {
    do {
      const { length } = this.#unread;
      this.#skip(length - this.#unread.trimStart().length);
    } while (this.#unread === '' && (yield* this.#more()));
  }

  /** Whether this is next; nothing is read. */
  *sees(literal: string): Reading<boolean> {
    while (this.#unread.length < literal.length && literal.startsWith(this.#unread)) {
      if (!(yield* this.#more())) return false;
    }
    return this.#unread.startsWith(literal);
  }

  /** Reads this if it is next. */
  *takes(literal: string): Reading<boolean> {
    const isNext = yield* this.sees(literal);
    if (isNext) this.#skip(literal.length);
    return isNext;
  }

  /** Takes in what closes markup, if it is next: models and servers leave it out. */
  *mayClose(literal: string): Reading<void> {
    yield* this.space();
    if (yield* this.takes(literal)) this.accept();
  }

  /** Reads up to a literal and past it; `undefined` when it does not come, or not within `longest` units. */
  *until(literal: string, longest = LONGEST_MARKUP): Reading<string | undefined> {
    const parts: string[] = [];
    let length = 0;
    for (;;) {
      // No more is searched than may be read: most of what looks like markup is none, and long texts are full of it.
      const place = this.#unread.slice(0, longest - length + literal.length).indexOf(literal);
      if (place >= 0) {
        parts.push(this.#skip(place));
        this.#skip(literal.length);
        return parts.join('');
      }
      const allowed = Math.min(Math.max(0, this.#unread.length - literal.length + 1), longest + 1 - length);
      parts.push(this.#skip(allowed));
      length += allowed;
      if (length > longest || !(yield* this.#more())) return undefined;
    }
  }

  /** Reads what a pattern of single characters matches, at most `longest` units; at least one. */
  *word(pattern: RegExp, longest = 256): Reading<string | undefined> {
    let word = '';
    for (;;) {
      let length = 0;
      const most = Math.min(this.#unread.length, longest + 1 - word.length);
      while (length < most && pattern.test(this.#unread.charAt(length))) length += 1;
      word += this.#skip(length);
      if (word.length > longest) return undefined;
      if (this.#unread !== '' || !(yield* this.#more())) return word === '' ? undefined : word;
    }
  }

  /** Reads a JSON object or list and parses it; `undefined` when there is none. */
  *json(): Reading<unknown> {
    const scanner = new JsonScanner();
    const parts: string[] = [];
    do {
      for (let place = 0; place < this.#unread.length; place += 1) {
        const step = scanner.read(this.#unread.charAt(place));
        if (step === 'more') continue;
        parts.push(this.#skip(step === 'done' ? place + 1 : place));
        return step === 'done' ? parseJson(parts.join('')) : undefined;
      }
      parts.push(this.#skip(this.#unread.length));
    } while (yield* this.#more());
    return undefined;
  }

  *#more(): Reading<boolean> {
    if (this.#room === 0) this.hasRunOut = true;
    if (this.#room === 0 || this.#ended) return false;
    yield;
    return true;
  }

  #skip(length: number): string {
    const skipped = this.#unread.slice(0, length);
    this.#unread = this.#unread.slice(length);
    this.position += length;
    return skipped;
  }
}
