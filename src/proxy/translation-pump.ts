import type { CanonicalEvent, Fault, Machine, SseEvent } from '@claudex/sdk';
import { AnswerReader } from './answer-reader.ts';
import type { Exchange } from './exchange.ts';
import type { Pump } from './pump.ts';
import { sseText } from './sse-text.ts';

/** Bytes → Server-Sent Events → canonical events → the client's Server-Sent Events. */
export class TranslationPump implements Pump {
  readonly #reader: AnswerReader;
  readonly #encoder: Machine<CanonicalEvent, SseEvent>;
  #start: CanonicalEvent | undefined;
  #text = '';

  constructor(exchange: Exchange, encoder: Machine<CanonicalEvent, SseEvent>) {
    this.#reader = new AnswerReader(exchange, (event) => this.#take(event));
    this.#encoder = encoder;
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

  push(piece: Uint8Array): string | undefined {
    this.#reader.push(piece);
    return this.#release();
  }

  end(): string | undefined {
    this.#reader.end();
    return this.#release();
  }

  /** Writes an event for the client; before the answer is committed only its start is kept. */
  #take(event: CanonicalEvent): void {
    if (event.type === 'error') return;
    if (!this.committed) {
      if (event.type === 'message_start') this.#start = event;
      return;
    }
    if (this.#start) this.#write(this.#start);
    this.#start = undefined;
    this.#write(event);
  }

  #write(event: CanonicalEvent): void {
    for (const sse of this.#encoder.push(event)) this.#text += sseText(sse);
  }

  #release(): string | undefined {
    const text = this.#text;
    this.#text = '';
    return text === '' ? undefined : text;
  }
}
