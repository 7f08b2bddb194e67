/** One request to an upstream, as a plain value. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

/** The clocks of one call, in milliseconds; 0 switches one off. There is no total limit. */
export interface HttpLimits {
  readonly connectMs: number;
  /** From the request being sent to the response's head; while a connection is being opened, `connectMs` counts. */
  readonly firstByteMs: number;
  /** Longest silence between two pieces of the body. */
  readonly idleMs: number;
}

/** The head of an answer, and its body as decoded pieces. */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  /** Ends normally only when the transport says the body is complete; otherwise throws {@link UpstreamError}. Read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads at most `limit` bytes of the body as UTF-8 and gives the rest up. */
  text(limit: number): Promise<string>;
  /** Gives the connection up. */
  cancel(): void;
}

/** The only door to upstreams. Redirects are never followed, because credentials would travel along. */
export interface UpstreamClient {
  /** Resolves when the head of the answer is there, whatever its status. Throws {@link UpstreamError}. */
  send(request: HttpRequest, limits: HttpLimits, signal: AbortSignal): Promise<HttpResponse>;
  /** Closes idle connections. */
  close(): void;
}

/** Why no complete answer came. `protocol` means that the upstream does not keep to HTTP, or to what its headers say. */
export type UpstreamErrorKind = 'connection' | 'timeout' | 'refused-redirect' | 'protocol' | 'aborted';

/** What an {@link UpstreamClient} throws. It names no secret and no query string, and has no cause that could. */
export class UpstreamError extends Error {
  readonly kind: UpstreamErrorKind;
  /** Whether the same request to the same address fails again until somebody changes a setting. */
  readonly isPermanent: boolean;
  /** The system's or the library's word for it, e.g. `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(
    kind: UpstreamErrorKind,
    message: string,
    details: { readonly isPermanent?: boolean; readonly code?: string | undefined } = {},
  ) {
    super(message);
    this.name = 'UpstreamError';
    this.kind = kind;
    this.isPermanent = details.isPermanent ?? false;
    this.code = details.code;
  }
}
