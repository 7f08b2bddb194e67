import type { CanonicalRequest, CodecContext, Fault, Loss, Usage } from '@claudex/sdk';
import type { HttpRequest } from '../http/index.ts';
import type { BoundProfile, ResolvedModel } from '../router/index.ts';
import type { Refused } from './heal/refused.ts';
import type { AnsweredSearches } from './search/plan-search.ts';
import type { SearchNotice } from './search/unavailable-notice.ts';
import type { Forecast } from './tokens/prompt-meter.ts';

/** One client request in flight: what was asked, who serves it, and what is sent there. */
export interface Exchange {
  readonly requestId: string;
  readonly bound: BoundProfile;
  /** The model as the client named it. */
  readonly asked: string;
  readonly resolved: ResolvedModel;
  /** Whether the client wants a stream. Whether the upstream is asked for one stands in the context's request. */
  readonly stream: boolean;
  /** Both ends speak the same protocol: bytes are passed on. */
  readonly passThrough: boolean;
  readonly context: CodecContext;
  readonly request: HttpRequest;
  /** Set when the prompt leaves no room for an answer: nobody is called, and the client gets this. */
  readonly overflow?: Fault;
  /** What the request leaves out because the provider refuses it. */
  readonly refused: Refused;
  /** Writes the request again without what is refused; `undefined` when that makes no difference. Absent for bytes that are passed on. */
  rewrite?(refused: Refused): Promise<Exchange | undefined>;
  /** Writes the request that asks the model again in the same exchange. Absent for bytes that are passed on. */
  next?(request: CanonicalRequest): Promise<Exchange>;
  /** The server tools that the proxy answers. */
  readonly searches?: AnsweredSearches;
  /** Begins the answer where the client asked for a search and nobody can search. */
  readonly notice?: SearchNotice;
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
  /** What was said about the prompt's size; absent for bytes that are passed on. */
  forecast: Forecast | undefined;
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
    forecast: undefined,
    stopReason: undefined,
    fault: undefined,
    bug: undefined,
  };
}
