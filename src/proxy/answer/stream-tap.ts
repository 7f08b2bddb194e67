import type { CanonicalEvent, Fault } from '@claudex/sdk';
import type { ExchangeRecord } from '../exchange.ts';

/**
 * Watches the canonical events of an answer: when it is committed, whether it is complete, how it failed, and
 * the figures for the record.
 *
 * Until the first event that carries something, only `message_start` has come, and the proxy can still choose
 * another status for the answer. From then on a failure is an `error` event.
 */
export class StreamTap {
  readonly #record: ExchangeRecord;
  committed = false;
  complete = false;
  fault: Fault | undefined;

  constructor(record: ExchangeRecord) {
    this.#record = record;
  }

  see(event: CanonicalEvent): void {
    switch (event.type) {
      case 'ping':
      case 'message_start':
        return;
      case 'loss':
        this.#record.losses.push(event.loss);
        return;
      case 'error':
        this.fault = event.fault;
        return;
      case 'message_delta':
        this.#record.usage = event.usage;
        this.#record.stopReason = event.stop_reason ?? event.raw_stop_reason ?? undefined;
        break;
      case 'message_stop':
        this.complete = true;
        break;
      default:
    }
    this.committed = true;
  }
}
