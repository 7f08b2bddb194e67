import type { CanonicalEvent, ClientCodec } from '@claudex/sdk';
import { responseFromEvents } from '@claudex/sdk/codec';
import type { Answering } from '../exchange.ts';
import { parseJsonObject } from '../parse-json.ts';
import { ReadingPump } from './reading-pump.ts';

/** Takes an answer that comes as a stream, and writes it in one piece for a client that wants it whole. */
export class AssemblingPump extends ReadingPump {
  readonly #exchange: Answering;
  readonly #client: ClientCodec;
  readonly #events: CanonicalEvent[];

  constructor(exchange: Answering, client: ClientCodec) {
    const events: CanonicalEvent[] = [];
    super(exchange, (event) => events.push(event));
    this.#exchange = exchange;
    this.#client = client;
    this.#events = events;
  }

  /** Until all of it is here, a failure still chooses the status. */
  override get committed(): boolean {
    return this.complete;
  }

  override push(piece: Uint8Array): string | undefined {
    this.reader.push(piece);
    return this.#release();
  }

  override end(): string | undefined {
    if (!this.complete) this.reader.end();
    return this.#release();
  }

  #release(): string | undefined {
    if (!this.complete || this.#events.length === 0) return undefined;
    const answer = responseFromEvents(this.#events, this.#exchange.record.losses, parseJsonObject);
    this.#events.length = 0;
    return JSON.stringify(this.#client.encodeResponse(answer));
  }
}
