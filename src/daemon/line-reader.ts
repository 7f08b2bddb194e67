/** Longer lines are cut off, so that whoever sends them cannot fill the memory. */
const LONGEST_LINE = 64 * 1024;

/** Takes the lines of a stream one by one. */
export class LineReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#pieces = body[Symbol.asyncIterator]();
  }

  /** The next line without its line feed; empty when the stream ended before one. Rejects when the stream breaks. */
  async next(): Promise<string> {
    while (!this.#text.includes('\n') && this.#text.length < LONGEST_LINE) {
      const piece = await this.#pieces.next();
      if (piece.done === true) return '';
      this.#text += this.#decoder.decode(piece.value, { stream: true });
    }
    const end = this.#text.indexOf('\n');
    if (end < 0) return '';
    const line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 1);
    return line;
  }
}
