import type { CodecContext, Loss, Usage } from '@claudex/sdk';
import type { HttpRequest } from '../http/index.ts';
import type { BoundProfile, ResolvedModel } from '../router/index.ts';

/** One client request in flight: what was asked, who serves it, and what is sent there. */
export interface Exchange {
  readonly requestId: string;
  readonly bound: BoundProfile;
  /** The model as the client named it. */
  readonly asked: string;
  readonly resolved: ResolvedModel;
  /** Whether the client wants a stream. */
  readonly stream: boolean;
  /** Both ends speak the same protocol: bytes are passed on. */
  readonly passThrough: boolean;
  readonly context: CodecContext;
  readonly request: HttpRequest;
  /** Aborted when the client goes away or the proxy shuts down. */
  readonly signal: AbortSignal;
  readonly record: ExchangeRecord;
}

/** What is learnt while an exchange runs; for the log, the counters and the response's headers. */
export interface ExchangeRecord {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly losses: Loss[];
  /** Calls made to providers. */
  attempts: number;
  usage: Usage | undefined;
  stopReason: string | undefined;
  /** Kind of the fault that ended it. */
  fault: string | undefined;
  /** Stack of an unexpected error of our own. */
  bug: string | undefined;
}

/** An empty record that starts now. */
export function startRecord(): ExchangeRecord {
  return {
    startedAt: Date.now(),
    losses: [],
    attempts: 0,
    usage: undefined,
    stopReason: undefined,
    fault: undefined,
    bug: undefined,
  };
}
