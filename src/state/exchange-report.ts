import type { FaultKind, Loss, Usage } from '@claudex/sdk';

/** What became of one target of a failover chain. */
export interface AttemptReport {
  readonly profile: string;
  readonly provider: string;
  readonly protocol: string;
  /** The model asked for. */
  readonly model: string;
  /** From the client's request to this attempt, in milliseconds. */
  readonly after_ms: number;
  /** How long it took; 0 for a target that was passed over. */
  readonly duration_ms: number;
  /** How long it had waited before it began, in milliseconds; absent when it did not wait. */
  readonly waited_ms?: number;
  /**
   * `answered`: the answer came from here. `failed`: it did not. `mended`: the provider refused a part of the request,
   * which was left out in the next attempt. `renewed`: it refused what its login had given, which was renewed for the next
   * attempt. `passed-over`: nobody was called.
   */
  readonly outcome: 'answered' | 'failed' | 'mended' | 'renewed' | 'passed-over';
  /** Kind of the failure, or why the target was passed over, e.g. `breaker-open`. */
  readonly reason?: string;
  /** HTTP status the provider gave. */
  readonly status?: number;
  /** The provider's own code, e.g. `insufficient_quota`; never its text, which may quote the prompt. */
  readonly code?: string;
}

/** The figures of one finished exchange: what the log, the metrics and the history are made of. Never a text of anybody. */
export interface ExchangeReport {
  readonly request_id: string;
  /** ISO 8601. */
  readonly started_at: string;
  /** The profile that the client asked for. */
  readonly profile: string;
  /** The profile whose answer the client got; absent when nobody answered. */
  readonly served_by?: string;
  readonly provider: string;
  readonly protocol: string;
  /** The model as the client named it. */
  readonly asked: string;
  /** The model that was asked last. */
  readonly model: string;
  /** Why it was chosen: `alias`, `named`, `slot`, `default`, `as-given`, `backup`. */
  readonly model_by: string;
  readonly stream: boolean;
  /** Bytes were passed on, because both ends speak one protocol. */
  readonly pass_through: boolean;
  /** HTTP status the client got. */
  readonly status: number;
  /** The whole answer was handed to the client's connection. */
  readonly finished: boolean;
  /** Kind of the fault that ended it; `aborted` when the client went away. */
  readonly fault?: FaultKind | 'aborted';
  readonly stop_reason?: string;
  /** Exact usage as the provider counted it; absent when it did not. */
  readonly usage?: Usage;
  /** Every target in order, also those that were passed over. */
  readonly attempts: readonly AttemptReport[];
  /** Calls made to providers. */
  readonly calls: number;
  readonly losses: readonly Loss[];
  /** Opaque name of the client's session; absent when it has none. */
  readonly session?: string;
  /** From the request to the first event of the answer that was no `ping`, in milliseconds. */
  readonly first_event_ms?: number;
  /** Longest silence of the provider inside the stream, in milliseconds. */
  readonly longest_gap_ms?: number;
  /** From the request to the end of the answer, in milliseconds. */
  readonly duration_ms: number;
}
