import type { Answering } from '../exchange.ts';
import { eventTooLarge } from './answer-reader.ts';
import { EventCutter } from './event-cutter.ts';
import { limitFault } from './limit-fault.ts';
import { ReadingPump } from './reading-pump.ts';
import { MAX_EVENT } from './sse-reader.ts';

/** Most bytes kept back before the answer says anything. */
const MAX_HELD_BYTES = 1024 * 1024;

/**
 * Passes the upstream's bytes on, event by event, while a tap reads a copy. The event that completes the answer
 * is the last one; of one that breaks it, the reader's fault is sent instead.
 */
export class PassThroughPump extends ReadingPump {
  readonly #cutter = new EventCutter();
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(exchange: Answering) {
    // The tap is all that wants the events.
    super(exchange, () => undefined);
  }

  override push(piece: Uint8Array): Uint8Array | undefined {
    for (const event of this.#cutter.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))) {
      if (this.fault || this.complete) break;
      this.reader.push(event);
      if (!this.fault) this.#hold(event);
    }
    if (this.#cutter.openBytes > MAX_EVENT) this.fail(eventTooLarge());
    return this.#release();
  }

  override end(): Uint8Array | undefined {
    const rest = this.#cutter.rest();
    if (!this.fault && !this.complete) {
      this.reader.push(rest);
      this.reader.end();
      // The last event counts although its empty line is missing, if it completes the answer.
      if (this.complete) this.#hold(rest);
    }
    return this.#release();
  }

  #hold(event: Buffer): void {
    this.#held.push(event);
    this.#heldBytes += event.length;
    if (!this.committed && this.#heldBytes > MAX_HELD_BYTES) {
      this.fail(limitFault('The answer sent 1 MiB without saying anything.'));
    }
  }

  #release(): Uint8Array | undefined {
    if (!this.committed || this.#held.length === 0) return undefined;
    const [only] = this.#held;
    const released = this.#held.length === 1 && only ? only : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    return released;
  }
}
