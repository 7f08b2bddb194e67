import type { Fault } from '@claudex/sdk';
import type { HttpRequest } from '../../http/index.ts';
import { ConnectError } from '../../oauth/index.ts';
import { composeRequest as compose, type BoundProfile, type Payload } from '../../router/index.ts';
import { FaultError } from '../fault-error.ts';
import type { ProviderReach } from '../provider-reach.ts';
import { NO_RETRY, RequestError } from '../request-error.ts';

export type { Payload } from '../../router/index.ts';

/**
 * Binds protocol, provider and credential into one plain request, and makes sure that the provider can be reached. Throws
 * a fault when its credential cannot be exchanged, and a refusal when the operation does not exist there.
 */
export async function composeRequest(
  bound: BoundProfile,
  reach: ProviderReach,
  payload: Payload,
  signal: AbortSignal,
): Promise<HttpRequest> {
  const request = compose(bound, payload, await reachOf(bound, reach, signal));
  if (request) return request;
  throw new RequestError(404, 'not_found_error', `${bound.provider.title} has no operation ${payload.operation}`);
}

async function reachOf(bound: BoundProfile, reach: ProviderReach, signal: AbortSignal) {
  try {
    return await reach.of(bound, signal);
  } catch (error) {
    throw error instanceof ConnectError ? faultErrorOf(error) : error;
  }
}

/** A backup with a key of its own may be asked instead; the same key is not exchanged again for this request. */
function faultErrorOf({ kind, message: reason, remedy }: ConnectError): FaultError {
  const message = `${reason} ${remedy}`;
  if (kind === 'refused')
    return new FaultError({ kind: 'authentication', message, status: 401, retryable: false }, NO_RETRY);
  const fault: Fault =
    kind === 'unavailable'
      ? { kind: 'overloaded', message, status: 503, retryable: true }
      : { kind: 'server', message, status: 502, retryable: true };
  return new FaultError(fault);
}
