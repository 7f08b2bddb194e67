import {
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Machine,
  type SseEvent,
} from '@claudex/sdk';
import type { Answering } from '../exchange.ts';
import { AnswerLimits } from './answer-limits.ts';
import { emptyOverflow } from './silent-overflow.ts';
import { limitFault } from './limit-fault.ts';
import { SseReader } from './sse-reader.ts';
import { StreamTap } from './stream-tap.ts';
import { UnofferedTools } from './unoffered-tools.ts';

/** Reads an upstream's bytes as canonical events and hands them over one by one, after the tap has seen them. */
export class AnswerReader {
  readonly #sse = new SseReader();
  readonly #decoder: Machine<SseEvent, CanonicalEvent>;
  readonly #context: CodecContext;
  readonly #take: (event: CanonicalEvent) => void;
  readonly #limits = new AnswerLimits();
  readonly #unoffered: UnofferedTools;
  #failure: Fault | undefined;
  readonly tap: StreamTap;

  constructor(exchange: Answering, take: (event: CanonicalEvent) => void) {
    this.#context = exchange.context;
    this.#decoder = exchange.bound.protocol.decodeStream(exchange.context);
    this.#take = take;
    this.#unoffered = new UnofferedTools(exchange);
    this.tap = new StreamTap(exchange.record);
  }

  /** Ends the answer with a fault that did not come from its bytes. */
  fail(fault: Fault): void {
    this.#failure ??= fault;
  }

  /** How the answer failed, by its own words or by breaking a limit. */
  get fault(): Fault | undefined {
    return this.tap.fault ?? this.#failure ?? (this.#sse.overflowed ? eventTooLarge() : undefined);
  }

  /** Whether the decoder needs nothing more. */
  get settled(): boolean {
    return this.#decoder.settled === true;
  }

  /** Takes a piece of the body. */
  push(piece: Uint8Array): void {
    for (const event of this.#sse.push(piece)) this.#hand(this.#decoder.push(event));
  }

  /** Takes the end of the body, which completes the answer or breaks it off. */
  end(): void {
    for (const event of this.#sse.end()) this.#hand(this.#decoder.push(event));
    if (!this.fault && !this.tap.complete) this.#hand(this.#decoder.end());
    if (!this.fault && !this.tap.complete) this.fail(protocolFault('The answer ended before it was complete.'));
  }

  #hand(events: readonly CanonicalEvent[]): void {
    for (const event of events) {
      // Nothing counts after the end of an answer.
      if (this.fault || this.tap.complete) return;
      const tooMuch = this.#limits.see(event);
      if (tooMuch) return this.fail(tooMuch);
      // As long as nothing was said, the client can still be told what is the matter.
      const overflow = event.type === 'message_delta' && !this.tap.committed && emptyOverflow(event, this.#context);
      if (overflow) return this.fail(overflow);
      this.#unoffered.see(event);
      this.tap.see(event);
      this.#take(event);
    }
  }
}

/** The fault of an answer with an event that is larger than any real one. */
export function eventTooLarge(): Fault {
  return limitFault('An event of the answer is larger than 8 MiB.');
}
