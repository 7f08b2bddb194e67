import type { CanonicalResponse, ClientCodec, Fault } from '@claudex/sdk';
import { eventsOfResponse } from '@claudex/sdk/codec';
import type { Answering } from '../exchange.ts';
import { decodeWhole } from './decode-whole.ts';
import type { Output, Pump } from './pump.ts';
import { sseText } from './sse-text.ts';

/** Takes an answer that comes in one piece, and writes it as the client wants it: whole, or as a stream. */
export class WholeAnswerPump implements Pump {
  readonly #exchange: Answering;
  readonly #client: ClientCodec;
  readonly #pieces: Uint8Array[] = [];
  readonly settled = false;
  complete = false;
  fault: Fault | undefined;

  constructor(exchange: Answering, client: ClientCodec) {
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
  end(): Output {
    const bytes = Buffer.concat(this.#pieces);
    const answer = decodeWhole(this.#exchange, bytes.toString('utf8'));
    const output = this.#exchange.stream ? this.#asStream(answer) : this.#asWhole(answer, bytes);
    this.complete = true;
    return output;
  }

  #asWhole(answer: CanonicalResponse, bytes: Buffer): Output {
    return this.#exchange.passThrough ? bytes : JSON.stringify(this.#client.encodeResponse(answer));
  }

  #asStream(answer: CanonicalResponse): string {
    const encoder = this.#client.encodeStream();
    return eventsOfResponse(answer)
      .flatMap((event) => encoder.push(event))
      .map(sseText)
      .join('');
  }
}
