import type Router from '@koa/router';
import { clientSideOf } from '../client-side.ts';
import { estimateFromBytes, estimateInputTokens } from '../estimate.ts';
import { openUpstream } from '../open-upstream.ts';
import { notJson, parseJsonObject } from '../parse-json.ts';
import { preparePassThrough } from '../prepare-pass-through.ts';
import type { ProxyState } from '../proxy-state.ts';
import { receive } from '../receive.ts';

/** `POST …/v1/messages/count_tokens`: the upstream's own count where it has one, else an estimate. */
export function addCountTokens(router: Router, state: ProxyState): void {
  const client = clientSideOf(state.registry);
  router.post(['/v1/messages/count_tokens', '/proxy/:profile/v1/messages/count_tokens'], async (context) => {
    const { incoming, bound, scope } = await receive(state, context);
    context.set('x-claudex-profile', bound.profile.name);
    context.type = 'application/json';
    if (bound.protocol.id === client.protocol.id) {
      const counted = await countedUpstream(async () => {
        const exchange = await preparePassThrough(state, incoming, bound, scope, 'count-tokens');
        return (await openUpstream(state, exchange)).text(64 * 1024);
      });
      if (counted !== undefined) {
        context.body = counted;
        return;
      }
    }
    const body = parseJsonObject(incoming.body);
    if (!body) throw notJson();
    // A count has no limit of its own, and decodeRequest asks for none.
    const request = client.codec.decodeRequest(body, { betas: [] });
    context.body = JSON.stringify({
      input_tokens: Math.max(1, estimateInputTokens(request, incoming.body.byteLength) - estimateFromBytes(64)),
    });
  });
}

async function countedUpstream(ask: () => Promise<string>): Promise<string | undefined> {
  try {
    const text = await ask();
    return typeof parseJsonObject(text)?.['input_tokens'] === 'number' ? text : undefined;
  } catch {
    // Many servers that speak the protocol do not count; the estimate is the answer then.
    return undefined;
  }
}
