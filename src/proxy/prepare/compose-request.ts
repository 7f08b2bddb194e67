import type { HttpRequest } from '../../http/index.ts';
import { composeRequest as compose, type BoundProfile, type Payload } from '../../router/index.ts';
import { RequestError } from '../request-error.ts';
import type { StartedUpstreams } from '../started-upstreams.ts';

export type { Payload } from '../../router/index.ts';

/**
 * Binds protocol, provider and credential into one plain request, and starts the provider's own upstream where there is
 * one. Throws when the operation does not exist there.
 */
export async function composeRequest(
  bound: BoundProfile,
  started: StartedUpstreams,
  payload: Payload,
): Promise<HttpRequest> {
  const { provider } = bound;
  const own = provider.start ? await started.of(provider) : undefined;
  const request = compose(bound, payload, own);
  if (request) return request;
  throw new RequestError(404, 'not_found_error', `${provider.title} has no operation ${payload.operation}`);
}
