import type { Fault } from '@claudex/sdk';
import { AnswerReader } from './answer-reader.ts';
import type { Exchange } from './exchange.ts';
import type { Pump } from './pump.ts';

/**
 * Passes the upstream's bytes on while a tap reads a copy. Only whole events are passed on, so that an answer
 * cut inside an event can still be ended with a proper `error` event.
 */
export class PassThroughPump implements Pump {
  readonly #reader: AnswerReader;
  #held: Buffer = Buffer.alloc(0);
  #faultSent = false;

  constructor(exchange: Exchange) {
    // The tap is all that wants the events.
    this.#reader = new AnswerReader(exchange, () => undefined);
  }

  fail(fault: Fault): void {
    this.#reader.fail(fault);
  }

  get complete(): boolean {
    return this.#reader.tap.complete;
  }

  get committed(): boolean {
    return this.#reader.tap.committed;
  }

  get fault(): Fault | undefined {
    return this.#reader.fault;
  }

  get faultSent(): boolean {
    return this.#faultSent;
  }

  push(piece: Uint8Array): Uint8Array | undefined {
    this.#reader.push(piece);
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    return this.committed ? this.#release(endOfLastEvent(this.#held)) : undefined;
  }

  end(): Uint8Array | undefined {
    this.#reader.end();
    // Bytes after the last whole event are worth passing on only when they complete the answer.
    return this.complete && !this.fault ? this.#release(this.#held.length) : undefined;
  }

  #release(end: number): Uint8Array | undefined {
    if (end === 0) return undefined;
    const released = this.#held.subarray(0, end);
    this.#held = this.#held.subarray(end);
    this.#faultSent = this.#reader.tap.fault !== undefined;
    return released;
  }
}

/** The index after the last blank line, or 0. */
function endOfLastEvent(bytes: Buffer): number {
  const lineFeeds = bytes.lastIndexOf('\n\n');
  const crlfs = bytes.lastIndexOf('\r\n\r\n');
  return Math.max(lineFeeds < 0 ? 0 : lineFeeds + 2, crlfs < 0 ? 0 : crlfs + 4);
}
