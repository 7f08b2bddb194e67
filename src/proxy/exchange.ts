import type { CanonicalRequest, CodecContext, Fault, Loss, Usage } from '@claudex/sdk';
import type { HttpRequest } from '../http/index.ts';
import type { BoundProfile, ResolvedModel } from '../router/index.ts';
import type { Trail } from './attempts/trail.ts';
import type { Refused } from './heal/refused.ts';
import type { AnsweredSearches } from './search/plan-search.ts';
import type { SearchNotice } from './search/unavailable-notice.ts';
import type { Forecast } from './tokens/prompt-meter.ts';

/** What of an exchange outlives the beginning of its answer: everything that is small. */
export interface Answering {
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
  /** Aborted when the client goes away or the proxy shuts down. */
  readonly signal: AbortSignal;
  readonly record: ExchangeRecord;
  /** What became of every target of the client's request. */
  readonly trail: Trail;
}

/** One client request at one target: what was asked, who serves it, and what is sent there. */
export interface Exchange extends Answering {
  readonly request: HttpRequest;
  /** Set when the prompt leaves no room for an answer: nobody is called, and the client gets this. */
  readonly overflow?: Fault;
  /** What the request leaves out because the provider refuses it. */
  readonly refused: Refused;
  /** Writes the request again without what is refused; `undefined` when that makes no difference. Absent for bytes that are passed on. */
  rewrite?(refused: Refused): Promise<Exchange | undefined>;
  /** Writes the very same request for a provider that is reached in another way by now. */
  again(): Promise<Exchange>;
  /** Writes the request that asks the model again in the same exchange. Absent for bytes that are passed on. */
  next?(request: CanonicalRequest): Promise<Exchange>;
  /** The server tools that the proxy answers. */
  readonly searches?: AnsweredSearches;
  /** Begins the answer where the client asked for a search and nobody can search. */
  readonly notice?: SearchNotice;
}

/** What is learnt while an exchange runs; for the log, the counters and the history. */
export interface ExchangeRecord {
  readonly losses: Loss[];
  usage: Usage | undefined;
  /** What was said about the prompt's size; absent for bytes that are passed on. */
  forecast: Forecast | undefined;
  stopReason: string | undefined;
  /** What ended it without success. */
  fault: Fault | undefined;
  /** Stack of an unexpected error of our own. */
  bug: string | undefined;
  /** From the request to the first event of the answer, in milliseconds. */
  firstEventMs: number | undefined;
  /** Longest silence of the provider since then, in milliseconds. */
  longestGapMs: number;
}

/** An empty record. */
export function startRecord(): ExchangeRecord {
  return {
    losses: [],
    usage: undefined,
    forecast: undefined,
    stopReason: undefined,
    fault: undefined,
    bug: undefined,
    firstEventMs: undefined,
    longestGapMs: 0,
  };
}
