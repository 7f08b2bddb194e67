/** Anthropic's words for what is wrong with a request. */
export type AnthropicErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'api_error'
  | 'overloaded_error';

/** Claude Code repeats even hopeless requests ten times unless it is told that this is pointless. */
export const NO_RETRY = { 'x-should-retry': 'false' } as const;

/** A request the proxy itself refuses. Routes throw it; the envelope middleware answers it. */
export class RequestError extends Error {
  readonly status: number;
  readonly type: AnthropicErrorType;
  readonly headers: { readonly [name: string]: string };

  constructor(
    status: number,
    type: AnthropicErrorType,
    message: string,
    headers: { readonly [name: string]: string } = {},
  ) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.type = type;
    this.headers = headers;
  }
}

/** The body of every error, on every path. */
export function errorBody(type: AnthropicErrorType, message: string, requestId: string): string {
  return JSON.stringify({ type: 'error', error: { type, message }, request_id: requestId });
}
