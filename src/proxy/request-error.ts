import type { JsonObject } from '@claudex/sdk';

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
  /** Stands beside type and message in the error, for clients that act on it. */
  readonly details: JsonObject | undefined;

  constructor(
    status: number,
    type: AnthropicErrorType,
    message: string,
    headers: { readonly [name: string]: string } = {},
    details?: JsonObject,
  ) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.type = type;
    this.headers = headers;
    this.details = details;
  }
}

/** The body of every error, on every path. */
export function errorBody(type: AnthropicErrorType, message: string, requestId: string, details?: JsonObject): string {
  const error = { type, message, ...(details !== undefined && { details }) };
  return JSON.stringify({ type: 'error', error, request_id: requestId });
}
