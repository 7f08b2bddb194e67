import type { CanonicalEvent, Fault, Machine, SseEvent } from '@claudex/sdk';
import type { Exchange } from './exchange.ts';
import { protocolFault } from './fault-error.ts';
import type { Pump } from './pump.ts';
import { SseReader } from './sse-reader.ts';
import { StreamTap } from './stream-tap.ts';

/**
 * Passes the upstream's bytes on while a tap reads a copy. Only whole events are passed on, so that an answer
 * cut inside an event can still be ended with a proper `error` event.
 */
export class PassThroughPump implements Pump {
  readonly #reader = new SseReader();
  readonly #decoder: Machine<SseEvent, CanonicalEvent>;
  readonly #tap: StreamTap;
  #held: Buffer = Buffer.alloc(0);
  #faultSent = false;

  constructor(exchange: Exchange) {
    this.#decoder = exchange.bound.protocol.decodeStream(exchange.context);
    this.#tap = new StreamTap(exchange.record);
  }

  get complete(): boolean {
    return this.#tap.complete;
  }

  get committed(): boolean {
    return this.#tap.committed;
  }

  get fault(): Fault | undefined {
    return (
      this.#tap.fault ??
      (this.#reader.overflowed ? protocolFault('an event of the answer is larger than 8 MiB') : undefined)
    );
  }

  get faultSent(): boolean {
    return this.#faultSent;
  }

  push(piece: Uint8Array): Uint8Array | undefined {
    this.#see(this.#reader.push(piece));
    this.#held =
      this.#held.length === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
        : Buffer.concat([this.#held, piece]);
    if (!this.#tap.committed) return undefined;
    return this.#release(endOfLastEvent(this.#held));
  }

  end(): Uint8Array | undefined {
    this.#see(this.#reader.end());
    if (!this.fault && !this.complete) this.#seeAll(this.#decoder.end());
    // Bytes after the last whole event are worth passing on only when they complete the answer.
    return this.complete && !this.fault ? this.#release(this.#held.length) : undefined;
  }

  #release(end: number): Uint8Array | undefined {
    if (end === 0) return undefined;
    const released = this.#held.subarray(0, end);
    this.#held = this.#held.subarray(end);
    this.#faultSent = this.#tap.fault !== undefined;
    return released;
  }

  #see(events: readonly SseEvent[]): void {
    for (const event of events) this.#seeAll(this.#decoder.push(event));
  }

  #seeAll(events: readonly CanonicalEvent[]): void {
    for (const event of events) this.#tap.see(event);
  }
}

/** The index after the last blank line, or 0. */
function endOfLastEvent(bytes: Buffer): number {
  const lineFeeds = bytes.lastIndexOf('\n\n');
  const crlfs = bytes.lastIndexOf('\r\n\r\n');
  return Math.max(lineFeeds < 0 ? 0 : lineFeeds + 2, crlfs < 0 ? 0 : crlfs + 4);
}
