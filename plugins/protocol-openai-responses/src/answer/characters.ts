/** Characters between two places that are remembered. */
const STEP = 1024;

/**
 * Finds characters of a text by their number, where one beyond the common ones takes two UTF-16 units. The text may grow
 * between two questions. It is gone through only once.
 */
export class Characters {
  /** Where every `STEP`th character begins, in UTF-16 units. */
  readonly #marks: number[] = [0];

  /** `count` characters from the given one on, but no more than `maxLength` UTF-16 units. */
  excerpt(text: string, first: number, count: number, maxLength: number): string {
    const start = this.#offsetOf(text, first);
    let end = start;
    for (let taken = 0; taken < count && end < text.length; taken += 1) {
      const next = end + sizeAt(text, end);
      if (next - start > maxLength) break;
      end = next;
    }
    return text.slice(start, end);
  }

  #offsetOf(text: string, wanted: number): number {
    const mark = Math.min(Math.floor(wanted / STEP), this.#marks.length - 1);
    let character = mark * STEP;
    let offset = this.#marks[mark] ?? 0;
    while (character < wanted && offset < text.length) {
      offset += sizeAt(text, offset);
      character += 1;
      // At the end of the text so far, the other half of a character may be missing.
      if (character === this.#marks.length * STEP && offset < text.length) this.#marks.push(offset);
    }
    return offset;
  }
}

/** Size of the character at this place, in UTF-16 units. */
function sizeAt(text: string, offset: number): number {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
