import {
  faultKindOfStatus,
  isJsonObject,
  isRetryableFault,
  retryAfterMs,
  type Fault,
  type FaultKind,
  type Json,
  type JsonObject,
  type UpstreamFailure,
} from '@claudex/sdk';
import { overflowMessage } from './overflow.ts';

/** A map, because a provider may send the name of something that every object has. */
const KIND_OF_TYPE: ReadonlyMap<string, FaultKind> = new Map(
  Object.entries({
    authentication_error: 'authentication',
    billing_error: 'billing',
    permission_error: 'permission',
    not_found_error: 'not-found',
    request_too_large: 'too-large',
    rate_limit_error: 'rate-limit',
    timeout_error: 'timeout',
    overloaded_error: 'overloaded',
  } as const satisfies { [type: string]: FaultKind }),
);

const OVERFLOW =
  /prompt is too long|input length and `max_tokens` exceed|maximum context length|context_length_exceeded|exceeds the context window/i;
const OUT_OF_CREDIT = /credit balance is too low/i;

/** Longest piece of a body that is not JSON to show to people, in characters. */
const EXCERPT_LENGTH = 300;

/** Reads a failed answer, whatever its body turns out to be. */
export function decodeFault(failure: UpstreamFailure): Fault {
  const { status, headers } = failure;
  const fault = faultOfError(parseBody(failure.body), status);
  const wait = retryAfterMs(headers);
  const verdict = headers['x-should-retry'];
  return {
    ...fault,
    ...(wait !== undefined && { retryAfterMs: wait }),
    // The vendor's own verdict knows more than a status does.
    ...((verdict === 'true' || verdict === 'false') && { retryable: verdict === 'true' }),
  };
}

/**
 * Reads an error envelope, or a bare text in place of one. `status` is the answer's HTTP status, absent for an error
 * inside a stream or under a success status.
 */
export function faultOfError(body: JsonObject | string, status?: number): Fault {
  const error = errorObject(body);
  const type = wordOf(error['type']);
  const said = wordOf(error['message']);
  const kind = faultKind(type, said ?? '', status);
  const code = wordOf(error['code']) ?? type;
  return {
    kind,
    message: faultMessage(kind, said, status),
    retryable: isRetryableFault(kind, status),
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
  };
}

function parseBody(body: string): JsonObject | string {
  try {
    const parsed = JSON.parse(body) as Json;
    if (isJsonObject(parsed)) return parsed;
  } catch {
    // Proxies and gateways answer in HTML or plain text.
  }
  return body;
}

function errorObject(body: JsonObject | string): JsonObject {
  if (typeof body === 'string') return /<[a-z!]/i.test(body) ? {} : { message: body.trim().slice(0, EXCERPT_LENGTH) };
  const { error } = body;
  if (isJsonObject(error)) return error;
  return typeof error === 'string' ? { message: error } : body;
}

function wordOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function faultKind(type: string | undefined, message: string, status: number | undefined): FaultKind {
  const specific = type === undefined ? undefined : KIND_OF_TYPE.get(type);
  if (specific !== undefined) return specific;
  const fallback = type === 'invalid_request_error' ? 'invalid-request' : 'server';
  const kind = status === undefined ? fallback : faultKindOfStatus(status);
  if (kind === 'invalid-request' && OVERFLOW.test(message)) return 'context-overflow';
  return kind === 'invalid-request' && OUT_OF_CREDIT.test(message) ? 'billing' : kind;
}

function faultMessage(kind: FaultKind, said: string | undefined, status: number | undefined): string {
  if (said === undefined) {
    return status === undefined
      ? 'The provider reported an error without saying which.'
      : `The provider answered HTTP ${status} without saying why.`;
  }
  return kind === 'context-overflow' ? overflowMessage(said) : said;
}
