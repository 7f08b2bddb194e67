import {
  faultKindOfStatus,
  isRetryableFault,
  retryAfterMs,
  type Fault,
  type FaultKind,
  type Refusal,
  type UpstreamFailure,
} from '../../index.ts';
import { readErrorBody, type ErrorDetails } from './error-body.ts';
import { faultKind } from './fault-kinds.ts';
import { readOverflow } from './overflow.ts';
import { findRefusal } from './refusal.ts';
import { parseJson } from '../values.ts';

/** Longest text of a provider that is passed on, in characters. */
const MAX_MESSAGE = 2000;

/** Reads an answer that is not a success. Never throws, whatever the body is. */
export function readFault(failure: UpstreamFailure): Fault {
  const details = readErrorBody(parseJson(failure.body)) ?? plainText(failure.body);
  const fault =
    details === undefined
      ? unreadableFault(failure)
      : faultOf(details, failure.status >= 400 ? failure.status : details.status);
  const wait = retryAfterMs(failure.headers);
  return wait === undefined ? fault : { ...fault, retryAfterMs: wait };
}

/** Reads an error that came with a success status or inside a stream. */
export function readFaultBody(value: unknown): Fault {
  const details = readErrorBody(value) ?? {};
  return faultOf(details, details.status);
}

function faultOf(complete: ErrorDetails, status: number | undefined): Fault {
  const message = complete.message?.slice(0, MAX_MESSAGE);
  const details = message === undefined ? complete : { ...complete, message };
  const code = details.code ?? details.type;
  return {
    ...(readOverflow(details, status) ?? plainFault(complete, message, status)),
    ...(status !== undefined && { status }),
    ...(details.retryAfterMs !== undefined && { retryAfterMs: details.retryAfterMs }),
    ...(code !== undefined && { code: code.slice(0, MAX_MESSAGE) }),
  };
}

/** A failure that is not about the length of the prompt. The whole text is searched, and its beginning passed on. */
function plainFault(details: ErrorDetails, message: string | undefined, status: number | undefined): Fault {
  const kind = faultKind({ ...details, ...(message !== undefined && { message }) }, status);
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
  const refused = kind === 'not-found' ? findRefusal(details) : undefined;
  return refused?.part === 'state' ? refused : undefined;
}

function silence(status: number | undefined): string {
  return status === undefined
    ? 'The provider reported an error without saying which.'
    : `The provider answered HTTP ${status} without saying why.`;
}

/** A body that is neither JSON nor a page is taken at its word. */
function plainText(body: string): ErrorDetails | undefined {
  const text = body.trim();
  return text === '' || text.startsWith('<') || text.startsWith('{') || text.startsWith('[')
    ? undefined
    : { message: text };
}

/** A web page, half a JSON object or nothing: something between us and the provider answered. */
function unreadableFault({ status, body }: UpstreamFailure): Fault {
  const text = body.trim();
  if (text === '') return faultOf({}, status);
  const what = text.startsWith('<') ? 'a web page' : 'a body that is not an error message';
  const byStatus = status >= 500 || [401, 404, 405, 410, 429].includes(status);
  const kind = byStatus ? faultKindOfStatus(status) : 'protocol';
  const hint = status >= 500 || status === 429 ? '' : ' Check the base URL of the profile.';
  return {
    kind,
    message: `The provider answered HTTP ${status} with ${what}.${hint}`,
    status,
    retryable: isRetryableFault(kind, status),
  };
}
