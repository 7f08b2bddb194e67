import {
  isJsonObject,
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Machine,
  type SseEvent,
} from '@claudex/sdk';
import { faultOfList, parseJson } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { faultOfBody } from './faults.ts';
import type { GeminiAnswer } from './wire.ts';

/*
 * Reads a streamed answer. There is no event that ends it: the end of the bytes does, once a finish reason has come.
 * Without one the end is a failure, and after a failure nothing follows.
 */

/** Makes the machine that turns the provider's events into canonical ones. */
export function decodeStream(context: CodecContext): Machine<SseEvent, CanonicalEvent> {
  return new GeminiStreamDecoder(context);
}

class GeminiStreamDecoder implements Machine<SseEvent, CanonicalEvent> {
  readonly #reader: AnswerReader;
  #ended = false;

  constructor(context: CodecContext) {
    this.#reader = new AnswerReader(context);
  }

  /** After a finish reason only usage can follow. */
  get settled(): boolean {
    return this.#ended || this.#reader.isFinished;
  }

  push(event: SseEvent): CanonicalEvent[] {
    if (this.#ended) return [];
    this.#read(event);
    return this.#reader.take();
  }

  end(): CanonicalEvent[] {
    if (this.#ended) return [];
    this.#conclude('The stream ended before it was finished.');
    return this.#reader.take();
  }

  #read({ event, data }: SseEvent): void {
    const value = parseJson(data);
    if (event === 'error') this.#fail(faultOfBody(value ?? data));
    else if (isJsonObject(value)) this.#chunk(value);
    else if (Array.isArray(value)) this.#list(value);
    // Servers that imitate Google may write the `[DONE]` of others, which is no JSON either.
    else if (value === undefined && data.trim() !== '')
      this.#conclude('The provider sent an event that cannot be read.');
  }

  #list(list: readonly unknown[]): void {
    const fault = faultOfList(list);
    // The error is read once more, because Google says more in it than others.
    if (fault !== undefined) this.#fail(fault.kind === 'protocol' ? fault : faultOfBody(list));
  }

  #chunk(chunk: GeminiAnswer): void {
    if (chunk.error) this.#fail(faultOfBody(chunk));
    else this.#reader.read(chunk);
  }

  /** Nothing more can be read. What is finished is whole all the same. */
  #conclude(problem: string): void {
    this.#ended = true;
    if (this.#reader.isFinished) this.#reader.end();
    else this.#reader.fail(protocolFault(problem));
  }

  #fail(fault: Fault): void {
    this.#ended = true;
    this.#reader.fail(fault);
  }
}
