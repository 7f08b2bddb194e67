import type { CanonicalEvent, Fault } from '@claudex/sdk';
import type { Answering } from '../exchange.ts';
import { AnswerReader } from './answer-reader.ts';
import type { Output, Pump } from './pump.ts';

/** What pumps have in common that read an answer event by event: its reader tells how far the answer has come. */
export abstract class ReadingPump implements Pump {
  protected readonly reader: AnswerReader;

  constructor(exchange: Answering, take: (event: CanonicalEvent) => void) {
    this.reader = new AnswerReader(exchange, take);
  }

  get complete(): boolean {
    return this.reader.tap.complete;
  }

  get settled(): boolean {
    return this.reader.settled;
  }

  get committed(): boolean {
    return this.reader.tap.committed;
  }

  get fault(): Fault | undefined {
    return this.reader.fault;
  }

  fail(fault: Fault): void {
    this.reader.fail(fault);
  }

  abstract push(piece: Uint8Array): Output | undefined;

  abstract end(): Output | undefined;
}
