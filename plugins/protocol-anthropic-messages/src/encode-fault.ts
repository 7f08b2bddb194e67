import type { Fault, FaultKind, JsonObject } from '@claudex/sdk';
import { overflowMessage } from './overflow.ts';
import type { WireErrorBody } from './wire.ts';

const ANSWER_OF_KIND = {
  'invalid-request': { type: 'invalid_request_error', status: 400 },
  'context-overflow': { type: 'invalid_request_error', status: 400 },
  authentication: { type: 'authentication_error', status: 401 },
  billing: { type: 'billing_error', status: 402 },
  permission: { type: 'permission_error', status: 403 },
  'not-found': { type: 'not_found_error', status: 404 },
  'too-large': { type: 'request_too_large', status: 413 },
  'rate-limit': { type: 'rate_limit_error', status: 429 },
  server: { type: 'api_error', status: 500 },
  connection: { type: 'api_error', status: 502 },
  protocol: { type: 'api_error', status: 502 },
  'refused-redirect': { type: 'api_error', status: 502 },
  timeout: { type: 'timeout_error', status: 504 },
  overloaded: { type: 'overloaded_error', status: 529 },
  aborted: { type: 'api_error', status: 499 },
} as const satisfies Record<FaultKind, { type: string; status: number }>;

/** Statuses that say more than the one of their kind; clients treat them differently. */
const KEPT_STATUSES: { readonly [Kind in FaultKind]?: readonly number[] } = {
  'invalid-request': [409, 415, 422, 425],
  server: [502],
  // Claude Code repeats a 503 ten times, and a 529 twice.
  overloaded: [503],
};

/** The `error` object of an envelope. A context overflow is worded so that clients recognise it and compact. */
export function encodeError(fault: Fault): { type: string; message: string } {
  const message = fault.kind === 'context-overflow' ? overflowMessage(fault.message) : fault.message;
  return { type: ANSWER_OF_KIND[fault.kind].type, message };
}

/** Writes a failure as the envelope and the status that clients expect. */
export function encodeFault(fault: Fault, requestId: string): { status: number; body: JsonObject } {
  const kept = fault.status !== undefined && KEPT_STATUSES[fault.kind]?.includes(fault.status) === true;
  const status = kept && fault.status !== undefined ? fault.status : ANSWER_OF_KIND[fault.kind].status;
  return { status, body: { type: 'error', error: encodeError(fault), request_id: requestId } satisfies WireErrorBody };
}
