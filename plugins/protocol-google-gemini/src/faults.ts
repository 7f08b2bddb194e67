import { isJsonObject, type Fault, type JsonObject, type UpstreamFailure } from '@claudex/sdk';
import { parseJson, readFault, readFaultBody, textOf } from '@claudex/sdk/codec';

/** A quota that is gone until tomorrow, although the same error may say to wait for some seconds. */
const DAILY_QUOTA = /PerDay/i;

/** Google answers a wrong key with status 400. */
const WRONG_KEY = /api key (?:not valid|expired)/i;
const WRONG_KEY_REASONS: ReadonlySet<unknown> = new Set(['API_KEY_INVALID', 'API_KEY_EXPIRED']);

/** Reads an answer that is not a success. */
export function decodeFault(failure: UpstreamFailure): Fault {
  return refine(readFault(failure), parseJson(failure.body));
}

/** Reads an error that came with a success status or inside a stream. */
export function faultOfBody(value: unknown): Fault {
  return refine(readFaultBody(value), value);
}

/** Adds what only Google says: its own word for the error, and details. */
function refine(fault: Fault, value: unknown): Fault {
  const error = errorIn(value);
  if (error === undefined || fault.kind === 'context-overflow') return fault;
  const details = Array.isArray(error['details']) ? error['details'].filter((detail) => isJsonObject(detail)) : [];
  const word = textOf(error['status']);
  const named: Fault = word === undefined ? fault : { ...fault, code: word };
  if (isAboutKey(details, fault.message)) {
    const { refused: _refused, ...rest } = named;
    return { ...rest, kind: 'authentication', retryable: false };
  }
  // Google has one sentence for limits that pass and for plans that are used up; only the details tell.
  const limited: Fault = details.some(isQuota) ? { ...named, kind: 'rate-limit', retryable: true } : named;
  if (!details.some(isDailyQuota)) return limited;
  const { retryAfterMs: _wait, ...rest } = limited;
  return { ...rest, retryable: false };
}

/** The error of a body, which a stream wraps in a list. */
function errorIn(value: unknown): JsonObject | undefined {
  const body: unknown = Array.isArray(value) ? value[0] : value;
  return isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : undefined;
}

function isAboutKey(details: readonly JsonObject[], message: string): boolean {
  return details.some(({ reason }) => WRONG_KEY_REASONS.has(reason)) || WRONG_KEY.test(message);
}

function isQuota({ violations }: JsonObject): boolean {
  return (
    Array.isArray(violations) && violations.some((one) => isJsonObject(one) && textOf(one['quotaId']) !== undefined)
  );
}

function isDailyQuota({ violations }: JsonObject): boolean {
  if (!Array.isArray(violations)) return false;
  return violations.some((one) => isJsonObject(one) && DAILY_QUOTA.test(textOf(one['quotaId']) ?? ''));
}
