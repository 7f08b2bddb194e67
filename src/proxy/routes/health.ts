import { createHmac } from 'node:crypto';
import type Router from '@koa/router';
import type { ProxyState } from '../proxy-state.ts';
import { RequestError } from '../request-error.ts';

const CHALLENGE = /^[0-9a-f]{16,256}$/i;

/**
 * `GET|HEAD /` and `GET /health`: who this is, for everybody. With a challenge also a proof that this is the
 * user's own proxy, so that nobody sends the token to a stranger on the same port.
 */
export function addHealth(router: Router, state: ProxyState): void {
  const proofOf = (text: string): string => createHmac('sha256', state.token).update(text).digest('hex');
  router.get(['/', '/health'], (context) => {
    const identity = { status: 'ok', name: 'claudex', version: state.version };
    const { challenge } = context.query;
    if (challenge === undefined) {
      context.body = identity;
      return;
    }
    if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) {
      throw new RequestError(400, 'invalid_request_error', 'challenge: must be 16 to 256 hexadecimal digits');
    }
    // The second proof holds for this port only: a stranger elsewhere could pass a challenge on to us.
    context.body = {
      ...identity,
      proof: proofOf(challenge),
      proof_for_port: proofOf(`${challenge}:${state.address.port}`),
    };
  });
}
