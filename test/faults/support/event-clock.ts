import { createParser } from 'eventsource-parser';

/** An event of an answer, with the time of its arrival. */
export interface TimedEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The event's name on the wire. */
  readonly name: string | undefined;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Reads a stream of events, noting when each was complete. Text that is no event stream gives none. */
export class EventClock {
  readonly events: TimedEvent[] = [];
  readonly #decoder = new TextDecoder();
  readonly #parser = createParser({
    onEvent: ({ event, data }) => {
      const fields = JSON.parse(data) as { readonly type: string };
      this.events.push({ ...fields, at: Date.now(), name: event });
    },
  });

  push(piece: Uint8Array): void {
    this.#parser.feed(this.#decoder.decode(piece, { stream: true }));
  }
}
