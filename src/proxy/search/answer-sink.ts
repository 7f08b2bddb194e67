import type { CanonicalEvent, ClientCodec, Loss, Machine, SseEvent } from '@claudex/sdk';
import { responseFromEvents } from '@claudex/sdk/codec';
import { sseText } from '../answer/sse-text.ts';
import { parseJsonObject } from '../parse-json.ts';

/** Writes the events of an answer as the client wants it. */
export interface AnswerSink {
  write(event: CanonicalEvent): void;
  /** What can be sent now, or nothing. */
  release(): string | undefined;
}

/** Writes each event as soon as it comes. */
export class StreamSink implements AnswerSink {
  readonly #encoder: Machine<CanonicalEvent, SseEvent>;
  #text = '';

  constructor(client: ClientCodec) {
    this.#encoder = client.encodeStream();
  }

  write(event: CanonicalEvent): void {
    for (const sse of this.#encoder.push(event)) this.#text += sseText(sse);
  }

  release(): string | undefined {
    const text = this.#text;
    this.#text = '';
    return text === '' ? undefined : text;
  }
}

/** Keeps everything, and writes it in one piece at the end. */
export class WholeSink implements AnswerSink {
  readonly #client: ClientCodec;
  readonly #losses: Loss[];
  readonly #events: CanonicalEvent[] = [];

  constructor(client: ClientCodec, losses: Loss[]) {
    this.#client = client;
    this.#losses = losses;
  }

  write(event: CanonicalEvent): void {
    this.#events.push(event);
  }

  release(): string | undefined {
    if (this.#events.at(-1)?.type !== 'message_stop') return undefined;
    const answer = responseFromEvents(this.#events, this.#losses, parseJsonObject);
    this.#events.length = 0;
    return JSON.stringify(this.#client.encodeResponse(answer));
  }
}
