import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { SseEvent } from '@claudex/sdk';

/** Largest event taken from an upstream, in characters. */
export const MAX_EVENT = 8 * 1024 * 1024;

/** Turns the bytes of one response into Server-Sent Events. Characters split across pieces stay whole. */
export class SseReader {
  readonly #decoder = new TextDecoder();
  readonly #parser: EventSourceParser;
  #events: SseEvent[] = [];
  /** Set when an event was larger than allowed; nothing is read after that. */
  overflowed = false;

  constructor() {
    this.#parser = createParser({
      maxBufferSize: MAX_EVENT,
      onEvent: ({ event, data }) => this.#events.push(event === undefined ? { data } : { event, data }),
      onError: (error) => {
        // The other errors concern single lines, which the specification says to skip.
        if (error.type === 'max-buffer-size-exceeded') this.overflowed = true;
      },
    });
  }

  /** The events that this piece completes. */
  push(piece: Uint8Array): SseEvent[] {
    if (!this.overflowed) this.#parser.feed(this.#decoder.decode(piece, { stream: true }));
    return this.#take();
  }

  /** The event that the end of the stream leaves without its blank line, if there is one. */
  end(): SseEvent[] {
    if (!this.overflowed) this.#parser.feed(`${this.#decoder.decode()}\n\n`);
    return this.#take();
  }

  #take(): SseEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
