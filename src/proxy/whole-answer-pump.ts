import type { ClientCodec, Fault } from '@claudex/sdk';
import { decodeWhole } from './answer-whole.ts';
import { eventsOfResponse } from './events-of-response.ts';
import type { Exchange } from './exchange.ts';
import type { Pump } from './pump.ts';
import { sseText } from './sse-text.ts';

/** Takes an answer that comes in one piece although a stream was asked for, and writes it as a stream. */
export class WholeAnswerPump implements Pump {
  readonly #exchange: Exchange;
  readonly #client: ClientCodec;
  readonly #pieces: Uint8Array[] = [];
  complete = false;
  fault: Fault | undefined;

  constructor(exchange: Exchange, client: ClientCodec) {
    this.#exchange = exchange;
    this.#client = client;
  }

  get committed(): boolean {
    return this.complete;
  }

  fail(fault: Fault): void {
    this.fault ??= fault;
  }

  push(piece: Uint8Array): undefined {
    this.#pieces.push(piece);
  }

  /** Throws a FaultError when the pieces are no answer. */
  end(): string {
    const answer = decodeWhole(this.#exchange, Buffer.concat(this.#pieces).toString('utf8'));
    const encoder = this.#client.encodeStream();
    this.complete = true;
    return eventsOfResponse(answer)
      .flatMap((event) => encoder.push(event))
      .map(sseText)
      .join('');
  }
}
