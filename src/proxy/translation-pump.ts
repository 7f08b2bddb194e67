import type { CanonicalEvent, Fault, Machine, Protocol, SseEvent } from '@claudex/sdk';
import type { Exchange } from './exchange.ts';
import { protocolFault } from './fault-error.ts';
import type { Pump } from './pump.ts';
import { sseText } from './sse-text.ts';
import { SseReader } from './sse-reader.ts';
import { StreamTap } from './stream-tap.ts';

/** Bytes → Server-Sent Events → canonical events → the client's Server-Sent Events. */
export class TranslationPump implements Pump {
  readonly #reader = new SseReader();
  readonly #decoder: Machine<SseEvent, CanonicalEvent>;
  readonly #encoder: Machine<CanonicalEvent, SseEvent>;
  readonly #tap: StreamTap;
  #held: CanonicalEvent[] = [];
  readonly faultSent = false;

  constructor(
    exchange: Exchange,
    encoder: Machine<CanonicalEvent, SseEvent>,
    protocol: Protocol = exchange.bound.protocol,
  ) {
    this.#decoder = protocol.decodeStream(exchange.context);
    this.#encoder = encoder;
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

  push(piece: Uint8Array): string | undefined {
    let text = '';
    for (const event of this.#reader.push(piece)) text += this.#takeAll(this.#decoder.push(event));
    return text === '' ? undefined : text;
  }

  end(): string | undefined {
    let text = '';
    for (const event of this.#reader.end()) text += this.#takeAll(this.#decoder.push(event));
    if (!this.fault && !this.complete) text += this.#takeAll(this.#decoder.end());
    return text === '' ? undefined : text;
  }

  /** Takes canonical events that did not come from bytes. */
  #takeAll(events: readonly CanonicalEvent[]): string {
    let text = '';
    for (const event of events) {
      if (this.#tap.fault || this.#tap.complete) return text;
      const wasCommitted = this.#tap.committed;
      this.#tap.see(event);
      if (event.type === 'error') return text;
      if (wasCommitted) text += this.#encode(event);
      else if (this.#tap.committed) {
        for (const held of this.#held) text += this.#encode(held);
        this.#held = [];
        text += this.#encode(event);
      } else this.#held.push(event);
    }
    return text;
  }

  #encode(event: CanonicalEvent): string {
    let text = '';
    for (const sse of this.#encoder.push(event)) text += sseText(sse);
    return text;
  }
}
