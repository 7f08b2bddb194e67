import type { Context, Next } from 'koa';
import { isInvalidRequest, type InvalidRequest } from '@claudex/sdk';
import { isClaudexError, messageOf } from '../../errors/index.ts';
import { newId } from '../new-id.ts';
import type { ProxyState } from '../proxy-state.ts';
import { errorBody, NO_RETRY, RequestError } from '../request-error.ts';

/** How much of a refused body is taken, and for how long. */
const DISCARD_BYTES = 64 * 1024 * 1024;
const DISCARD_MS = 2_000;

/**
 * The first middleware: gives the request its id, and answers whatever is thrown in the shape clients of the
 * Anthropic API expect. Koa's own answers would be plain text.
 */
export function envelope(state: ProxyState) {
  return async (context: Context, next: Next): Promise<void> => {
    const requestId = newId('req');
    context.state['requestId'] = requestId;
    context.set('request-id', requestId);
    try {
      await next();
      if (context.status === 404 && context.body === undefined) {
        throw new RequestError(404, 'not_found_error', `there is no ${context.method} ${context.path} here`);
      }
    } catch (error) {
      const refusal = asRequestError(error);
      // Somebody who hangs up while sending is no bug of ours. (The request itself is destroyed whenever it was read.)
      if (!refusal && !context.res.destroyed)
        state.log({
          level: 'error',
          event: 'bug',
          request_id: requestId,
          error: error instanceof Error ? error.stack : String(error),
        });
      const answer =
        refusal ?? new RequestError(500, 'api_error', 'the proxy failed unexpectedly; its log has the details');
      context.status = answer.status;
      context.set(answer.headers);
      if (!context.req.complete) await hangUp(context);
      context.type = 'application/json';
      context.body = errorBody(answer.type, state.scrubber.scrub(answer.message), requestId, answer.details);
    }
  };
}

/**
 * Refused before its body was read: takes a bounded rest of it, so that the client gets to see why, and then hangs
 * up on whoever goes on sending.
 */
async function hangUp({ req, res }: Context): Promise<void> {
  if (req.destroyed) return;
  res.setHeader('connection', 'close');
  res.once('finish', () => setTimeout(() => req.destroy(), 1_000).unref());
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, DISCARD_MS);
  let size = 0;
  req.on('data', (piece: Buffer) => (size += piece.byteLength) > DISCARD_BYTES && resolve());
  req.once('close', resolve).once('end', resolve);
  await promise;
  clearTimeout(timer);
}

function invalidAnswer(error: InvalidRequest): RequestError {
  return new RequestError(400, 'invalid_request_error', messageOf(error), {}, error.details);
}

function asRequestError(error: unknown): RequestError | undefined {
  if (error instanceof RequestError) return error;
  if (isInvalidRequest(error)) return invalidAnswer(error);
  // The only recursion that a client controls is the depth of its JSON.
  if (error instanceof RangeError) {
    return new RequestError(400, 'invalid_request_error', 'the request is nested too deeply');
  }
  if (!isClaudexError(error)) return undefined;
  const message = error.remedy === undefined ? error.message : `${error.message}. ${error.remedy}`;
  switch (error.code) {
    case 'profile-not-found':
    case 'no-default-profile':
      return new RequestError(404, 'not_found_error', message);
    case 'local-not-running':
    case 'local-without-models':
    case 'model-not-found':
      return new RequestError(503, 'api_error', message, NO_RETRY);
    case 'credential-missing':
    case 'credential-malformed':
      return new RequestError(401, 'authentication_error', message, NO_RETRY);
    default:
      return new RequestError(500, 'api_error', message, NO_RETRY);
  }
}
