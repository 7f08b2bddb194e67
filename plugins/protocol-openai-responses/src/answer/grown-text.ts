/** Pieces that are kept apart until there are so many. */
const PIECES = 64;

/**
 * A text that grows by small pieces and is hardly ever asked for. Strings that are only put together stay a chain of all
 * their pieces, which takes ten times the memory of the text; here many pieces become one at a time.
 */
export class GrownText {
  #text = '';
  #pieces: string[] = [];
  /** In UTF-16 units. */
  length = 0;

  /** Adds a piece, which must not be empty. */
  add(piece: string): void {
    this.length += piece.length;
    this.#pieces.push(piece);
    if (this.#pieces.length >= PIECES) this.#join();
  }

  /**
   * What a repetition of the whole text says beyond it: `''` where that is nothing, or where nothing was repeated, and
   * `undefined` where it says something else. The text itself is looked at only where the repetition is as long.
   */
  restOf(whole: string): string | undefined {
    if (whole === '') return '';
    return whole.length >= this.length && whole.startsWith(this.toString()) ? whole.slice(this.length) : undefined;
  }

  toString(): string {
    if (this.#pieces.length > 0) this.#join();
    return this.#text;
  }

  #join(): void {
    this.#text += this.#pieces.join('');
    this.#pieces = [];
  }
}
