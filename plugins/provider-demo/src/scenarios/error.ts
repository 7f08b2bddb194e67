import { failure, type Outcome } from '../reply.ts';
import type { ChatRequest } from '../wire.ts';

interface ErrorRow {
  readonly message: string;
  readonly type: string;
  readonly code?: string;
  readonly headers?: { readonly [name: string]: string };
}

// The wording is OpenAI's, because clients and proxies look for it.
const ERRORS: { readonly [status: string]: ErrorRow } = {
  400: {
    message: "Unsupported value: 'demo' is not supported with this model.",
    type: 'invalid_request_error',
    code: 'unsupported_value',
  },
  401: { message: 'Incorrect API key provided: demo-****.', type: 'invalid_request_error', code: 'invalid_api_key' },
  402: { message: 'Insufficient balance.', type: 'billing_error', code: 'insufficient_balance' },
  403: {
    message: 'Country, region, or territory not supported.',
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  },
  404: {
    message: 'The model does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    code: 'model_not_found',
  },
  408: { message: 'The request timed out.', type: 'timeout' },
  413: { message: 'The request is too large.', type: 'invalid_request_error', code: 'request_too_large' },
  429: {
    message: 'Rate limit reached for requests. Please try again in 2s.',
    type: 'requests',
    code: 'rate_limit_exceeded',
    headers: { 'retry-after': '2' },
  },
  500: { message: 'The server had an error while processing your request. Sorry about that!', type: 'server_error' },
  502: { message: 'Bad gateway.', type: 'server_error' },
  503: {
    message: 'The engine is currently overloaded, please try again later.',
    type: 'server_error',
    code: 'server_is_overloaded',
  },
  504: { message: 'The provider took too long to answer.', type: 'server_error' },
};

/** The error that goes with an HTTP status. `parameter` is the status. */
export function fail(_request: ChatRequest, parameter: string | undefined): Outcome {
  const status = Number(parameter);
  const usual: ErrorRow = {
    message: `The demo provider was asked for status ${status}.`,
    type: status >= 500 ? 'server_error' : 'invalid_request_error',
  };
  const { headers, ...error } = ERRORS[String(status)] ?? usual;
  return failure(status, error, headers);
}
