import type { CanonicalEvent, Machine, SseEvent } from '@claudex/sdk';
import type { Answering } from '../exchange.ts';
import { ReadingPump } from './reading-pump.ts';
import { sseText } from './sse-text.ts';

/** Bytes → Server-Sent Events → canonical events → the client's Server-Sent Events. */
export class TranslationPump extends ReadingPump {
  readonly #encoder: Machine<CanonicalEvent, SseEvent>;
  #start: CanonicalEvent | undefined;
  #text = '';

  constructor(exchange: Answering, encoder: Machine<CanonicalEvent, SseEvent>) {
    super(exchange, (event) => this.#take(event));
    this.#encoder = encoder;
  }

  override push(piece: Uint8Array): string | undefined {
    this.reader.push(piece);
    return this.#release();
  }

  override end(): string | undefined {
    this.reader.end();
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
