import { isInvalidRequest, protocolFault, type Fault } from '@claudex/sdk';
import { messageOf } from '../errors/index.ts';
import { OUR_BUG, OVER_OUR_LIMIT, PROXY_STOPS } from '../failover/index.ts';
import { UpstreamError } from '../http/index.ts';
import type { ExchangeRecord } from './exchange.ts';
import { RequestError } from './request-error.ts';

/** What may go away by asking again. */
const RETRYABLE: ReadonlySet<string> = new Set(['connection', 'timeout', 'protocol']);

/** Our own machine's limits, which tell nothing about the upstream. */
const TOO_MANY_FILES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE']);

/** Carries a fault up to where the answer's status can still be chosen. */
export class FaultError extends Error {
  readonly fault: Fault;
  /** Headers of the upstream's answer that the client should see, e.g. `retry-after`. */
  readonly headers: { readonly [name: string]: string };
  /** The upstream's own error body, when client and upstream speak the same protocol. */
  readonly body: string | undefined;

  constructor(fault: Fault, headers: { readonly [name: string]: string } = {}, body?: string) {
    super(fault.message);
    this.body = body;
    this.name = 'FaultError';
    this.fault = fault;
    this.headers = headers;
  }
}

/** What an error during an exchange means as a fault. One that is not the upstream's is kept in the record as a bug. */
export function faultOf(error: unknown, record: ExchangeRecord, shuttingDown: boolean): Fault {
  if (error instanceof FaultError) return error.fault;
  // The only recursion that a provider controls is the depth of its JSON.
  if (error instanceof RangeError) return protocolFault('The answer is nested too deeply.');
  if (!(error instanceof UpstreamError)) {
    record.bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      kind: 'server',
      message: 'The proxy failed unexpectedly; its log has the details.',
      retryable: false,
      code: OUR_BUG,
    };
  }
  if (error.kind === 'aborted' && shuttingDown) {
    return {
      kind: 'overloaded',
      message: 'The proxy is shutting down; send the request again.',
      retryable: true,
      code: PROXY_STOPS,
    };
  }
  if (error.code !== undefined && TOO_MANY_FILES.has(error.code)) {
    return {
      kind: 'overloaded',
      status: 529,
      message: `The proxy has no free connections (${error.code}); raise the limit of open files.`,
      retryable: true,
      retryAfterMs: 1_000,
      code: OVER_OUR_LIMIT,
    };
  }
  return {
    kind: error.kind,
    message: error.message,
    retryable: !error.isPermanent && RETRYABLE.has(error.kind),
  };
}

/** The fault of a request that the proxy itself refuses, or that a bug of ours ended; for the figures only. */
export function faultOfRefusal(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  if (error instanceof RequestError && error.status >= 500)
    return { kind: 'server', message: error.message, retryable: false };
  if (error instanceof RequestError || isInvalidRequest(error))
    return { kind: 'invalid-request', message: error.message, retryable: false };
  return { kind: 'server', message: messageOf(error), retryable: false, code: OUR_BUG };
}
