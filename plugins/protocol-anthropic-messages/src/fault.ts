import {
  faultKindOfStatus,
  isJsonObject,
  isRetryableFault,
  retryAfterMs,
  type Fault,
  type FaultKind,
  type Json,
  type JsonObject,
  type Refusal,
  type UpstreamFailure,
} from '@claudex/sdk';
import { findRefusal, readErrorBody, readFaultBody, readOverflow, type ErrorDetails } from '@claudex/sdk/codec';

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
  const details = isPage(body) ? pageDetails(status) : detailsOf(body);
  const code = details.code ?? details.type;
  return {
    // Those who imitate the vendor word it as their other protocols do.
    ...(readOverflow(details, status) ?? plainFault(details, status)),
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
  };
}

function plainFault(details: ErrorDetails, status: number | undefined): Fault {
  const { message } = details;
  const kind = faultKind(details, status);
  const refused = refusalOf(details, kind, status);
  return {
    kind,
    message: message ?? silence(status),
    retryable: isRetryableFault(kind, status),
    ...(refused !== undefined && { refused }),
  };
}

/** Only a request that was refused as such can be saved by leaving something out; lost state is also "not found". */
function refusalOf(details: ErrorDetails, kind: FaultKind, status: number | undefined): Refusal | undefined {
  if (kind === 'invalid-request' && (status === 400 || status === 422)) return findRefusal(details);
  const refused = kind === 'not-found' && status === 404 ? findRefusal(details) : undefined;
  return refused?.part === 'state' ? refused : undefined;
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

function detailsOf(body: JsonObject | string): ErrorDetails {
  if (typeof body === 'string') return textDetails(body.trim());
  const { type } = body;
  return readErrorBody(body) ?? (typeof type === 'string' ? { type } : {});
}

function isPage(body: JsonObject | string): boolean {
  return typeof body === 'string' && /<[a-z!]/i.test(body);
}

/** A page where an address is wrong comes from whoever has it; one in place of a working server does not. */
function pageDetails(status: number | undefined): ErrorDetails {
  if (status === undefined || status >= 500 || status === 401 || status === 429) return {};
  return { message: `The provider answered HTTP ${status} with a web page. Check the base URL of the profile.` };
}

function textDetails(text: string): ErrorDetails {
  return text === '' ? {} : { message: text.slice(0, EXCERPT_LENGTH) };
}

function faultKind({ type, code, message = '' }: ErrorDetails, status: number | undefined): FaultKind {
  const specific = type === undefined ? undefined : KIND_OF_TYPE.get(type);
  if (specific !== undefined) return specific;
  const coded = code === undefined || !isVague(status) ? 'server' : readFaultBody({ error: { code, message } }).kind;
  if (coded !== 'server') return coded;
  const fallback = type === 'invalid_request_error' ? 'invalid-request' : 'server';
  const kind = status === undefined ? fallback : faultKindOfStatus(status);
  return kind === 'invalid-request' && OUT_OF_CREDIT.test(message) ? 'billing' : kind;
}

/** Those who imitate the vendor have codes of their own, which say more than a status that is used for many things. */
function isVague(status: number | undefined): boolean {
  return status === undefined || status === 400 || status === 413 || status === 422;
}

function silence(status: number | undefined): string {
  return status === undefined
    ? 'The provider reported an error without saying which.'
    : `The provider answered HTTP ${status} without saying why.`;
}
