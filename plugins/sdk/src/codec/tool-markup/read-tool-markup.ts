import type { JsonObject } from '../../index.ts';
import { FenceTracker } from './fence-tracker.ts';
import { MarkupCandidate } from './markup-candidate.ts';
import type { Offer } from './markup-dialect.ts';
import { findOpening, possibleOpening } from './markup-dialects.ts';

/** Text, or a tool call that was printed as text. */
export type MarkupPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** `arguments` is JSON text of an object. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: string };

/** Markup that turns out wrong is read again as text. So many UTF-16 units may be read in vain in one answer: 1 MiB. */
const MOST_READ_IN_VAIN = 1_048_576;

/**
 * Finds tool calls that a model printed as text. Text flows through at once; only what could still become a call is
 * held back, up to 256 KiB, after which the rest of the answer is text; so it is after too much that looked like markup
 * and was none. Markup that turns out wrong comes back as text exactly as it came, and so does markup inside code of
 * Markdown. White space after a call is dropped where nothing but another call or the end follows.
 */
export class ToolMarkupReader {
  readonly #offer: Offer;
  readonly #fence = new FenceTracker();
  /** What could become an opening. */
  #held = '';
  #candidate: MarkupCandidate | undefined;
  /** White space since the last call; `undefined` where text came last. */
  #space: string | undefined;
  #readInVain = 0;
  #hasGivenUp = false;

  /**
   * `isOffered` says whether a name is a tool of the request: nothing else is taken for a call. `schemaOf` finds the
   * schema of a tool's arguments, because some dialects print values without saying whether they are text.
   */
  constructor(
    isOffered: (name: string) => boolean,
    schemaOf: (name: string) => JsonObject | undefined = () => undefined,
  ) {
    this.#offer = { has: isOffered, schemaOf };
  }

  /** Takes the next text and returns what is certain by now. */
  push(text: string): MarkupPiece[] {
    return text === '' ? [] : this.#read(text, false);
  }

  /** The answer has ended: returns what was held back. */
  end(): MarkupPiece[] {
    return this.#read('', true);
  }

  #read(text: string, isLast: boolean): MarkupPiece[] {
    const pieces: MarkupPiece[] = [];
    // What markup gives back may hold other markup, so it is read again.
    let unread: string | undefined = text;
    while (unread !== undefined) {
      if (this.#candidate === undefined) unread = this.#readText(unread, isLast, pieces);
      else unread = this.#readMarkup(this.#candidate, unread, isLast, pieces);
    }
    return pieces;
  }

  /** Returns what stands behind an opening, once there is one. */
  #readText(next: string, isLast: boolean, pieces: MarkupPiece[]): string | undefined {
    const text = this.#held + next;
    this.#held = '';
    let from = 0;
    for (;;) {
      const opening = this.#hasGivenUp ? undefined : findOpening(text, from);
      if (opening === undefined) break;
      const behind = opening.place + opening.text.length;
      this.#pass(text.slice(from, opening.place), pieces);
      if (!this.#fence.isInside) {
        this.#candidate = new MarkupCandidate(opening, this.#offer);
        return text.slice(behind);
      }
      this.#pass(opening.text, pieces);
      from = behind;
    }
    const certain = text.length - (isLast || this.#hasGivenUp ? 0 : possibleOpening(text.slice(from)));
    this.#pass(text.slice(from, certain), pieces);
    if (this.#fence.isInside) this.#pass(text.slice(certain), pieces);
    else this.#held = text.slice(certain);
    return undefined;
  }

  /** Returns what was not part of a call, once that is settled. */
  #readMarkup(candidate: MarkupCandidate, text: string, isLast: boolean, pieces: MarkupPiece[]): string | undefined {
    for (const call of candidate.add(text, isLast)) {
      pieces.push({ kind: 'call', name: call.name, arguments: JSON.stringify(call.arguments) });
      this.#space = '';
    }
    if (!candidate.isOver) return undefined;
    this.#candidate = undefined;
    this.#readInVain += candidate.readInVain;
    this.#hasGivenUp ||= this.#readInVain > MOST_READ_IN_VAIN;
    if (!candidate.isMarkup) {
      this.#pass(candidate.opening, pieces);
      this.#hasGivenUp ||= candidate.hasRunOut;
    }
    return candidate.rest();
  }

  #pass(text: string, pieces: MarkupPiece[]): void {
    let passed = text;
    if (this.#space !== undefined) {
      passed = this.#space + text;
      this.#space = passed.trim() === '' ? passed : undefined;
      if (this.#space !== undefined) return;
    }
    if (passed === '') return;
    this.#fence.read(passed);
    const last = pieces.at(-1);
    if (last?.kind === 'text') pieces[pieces.length - 1] = { kind: 'text', text: last.text + passed };
    else pieces.push({ kind: 'text', text: passed });
  }
}
