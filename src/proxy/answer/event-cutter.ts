const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts bytes into whole Server-Sent Events without changing any of them. A line ends with LF, CR or CRLF, and an
 * event with an empty line; the LF of a CRLF that is cut in two goes with the next event.
 */
export class EventCutter {
  /** Pieces of an event that is not complete; joined only once, however many there are. */
  #open: Buffer[] = [];
  #openBytes = 0;
  #lineIsEmpty = true;
  /** Empty lines alone are no event: however many come, they go with the next one. */
  #hasContent = false;
  #afterCarriageReturn = false;

  /** The events that this piece completes, each with its empty line. */
  push(piece: Buffer): Buffer[] {
    const events: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === LINE_FEED && this.#afterCarriageReturn) {
        this.#afterCarriageReturn = false;
        continue;
      }
      this.#afterCarriageReturn = byte === CARRIAGE_RETURN;
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
        this.#lineIsEmpty = false;
        this.#hasContent = true;
        continue;
      }
      if (this.#lineIsEmpty && this.#hasContent) {
        const crlf = byte === CARRIAGE_RETURN && piece[at + 1] === LINE_FEED;
        if (crlf) at++;
        this.#afterCarriageReturn = byte === CARRIAGE_RETURN && !crlf;
        events.push(this.#close(piece.subarray(start, at + 1)));
        start = at + 1;
        this.#hasContent = false;
      }
      this.#lineIsEmpty = true;
    }
    if (start < piece.length) {
      this.#open.push(piece.subarray(start));
      this.#openBytes += piece.length - start;
    }
    return events;
  }

  /** Size of the event that is not complete yet. */
  get openBytes(): number {
    return this.#openBytes;
  }

  /** What is left of an event whose empty line never came. */
  rest(): Buffer {
    return this.#close(Buffer.alloc(0));
  }

  #close(end: Buffer): Buffer {
    if (this.#open.length === 0) return end;
    const event = Buffer.concat([...this.#open, end]);
    this.#open = [];
    this.#openBytes = 0;
    return event;
  }
}
