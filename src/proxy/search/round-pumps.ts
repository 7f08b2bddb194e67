import type { Fault } from '@claudex/sdk';
import { eventsOfResponse } from '@claudex/sdk/codec';
import { decodeWhole } from '../answer/decode-whole.ts';
import type { Output, Pump } from '../answer/pump.ts';
import { ReadingPump } from '../answer/reading-pump.ts';
import type { Exchange } from '../exchange.ts';
import type { JoinedAnswer } from './joined-answer.ts';

/** Takes a round that comes as a stream. */
export class RoundPump extends ReadingPump {
  readonly #answer: JoinedAnswer;

  constructor(exchange: Exchange, answer: JoinedAnswer) {
    super(exchange, (event) => answer.take(event));
    this.#answer = answer;
  }

  /** Rounds before this one count, too. */
  override get committed(): boolean {
    return this.#answer.given;
  }

  override push(piece: Uint8Array): Output | undefined {
    this.reader.push(piece);
    return this.#answer.release();
  }

  override end(): Output | undefined {
    this.reader.end();
    return this.#answer.release();
  }
}

/** Takes a round that comes in one piece. */
export class WholeRoundPump implements Pump {
  readonly #exchange: Exchange;
  readonly #answer: JoinedAnswer;
  readonly #pieces: Uint8Array[] = [];
  readonly settled = false;
  complete = false;
  fault: Fault | undefined;

  constructor(exchange: Exchange, answer: JoinedAnswer) {
    this.#exchange = exchange;
    this.#answer = answer;
  }

  get committed(): boolean {
    return this.#answer.given;
  }

  fail(fault: Fault): void {
    this.fault ??= fault;
  }

  push(piece: Uint8Array): undefined {
    this.#pieces.push(piece);
  }

  /** Throws a FaultError when the pieces are no answer. */
  end(): Output | undefined {
    const answer = decodeWhole(this.#exchange, Buffer.concat(this.#pieces).toString('utf8'));
    for (const event of eventsOfResponse(answer)) this.#answer.take(event);
    this.complete = true;
    return this.#answer.release();
  }
}
