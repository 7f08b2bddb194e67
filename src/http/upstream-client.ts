import type { Fault } from '@claudex/sdk';

/** One request to an upstream, as a plain value. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

/** The clocks of one call, in milliseconds; 0 switches one off. There is no total limit. */
export interface HttpLimits {
  readonly connectMs: number;
  /** From the request being sent to the first response header. */
  readonly firstByteMs: number;
  /** Longest silence between two pieces of the body. */
  readonly idleMs: number;
}

/** The head of an answer, and its body as decoded pieces. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  /** Ends normally only when the transport says the body is complete; otherwise throws {@link UpstreamError}. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads at most `limit` bytes of the body as UTF-8, drops the rest and closes. */
  text(limit: number): Promise<string>;
  /** Gives the connection up. */
  cancel(): void;
}

/** The only door to upstreams. Redirects are never followed. */
export interface UpstreamClient {
  send(request: HttpRequest, limits: HttpLimits, signal: AbortSignal): Promise<HttpResponse>;
  /** Closes idle connections. */
  close(): void;
}

/** What {@link UpstreamClient} throws: a fault with an Error around it for the way up the stack. */
export class UpstreamError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options);
    this.name = 'UpstreamError';
    this.fault = fault;
  }
}
