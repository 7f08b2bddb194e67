import type Router from '@koa/router';
import { clientSideOf } from '../client-side.ts';
import { estimateFromBytes, estimateInputTokens } from '../estimate.ts';
import { openUpstream } from '../open-upstream.ts';
import { notJson, parseJsonObject } from '../parse-json.ts';
import { preparePassThrough } from '../prepare-pass-through.ts';
import type { ProxyState } from '../proxy-state.ts';
import { receive } from '../receive.ts';

/** A count that takes longer is worth less than an estimate now, in milliseconds. */
const COUNT_MS = 10_000;
/** What every body has around its content: names of fields, brackets, the model. */
const ENVELOPE_BYTES = 64;

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
        return (
          await openUpstream(state, {
            ...exchange,
            signal: AbortSignal.any([exchange.signal, AbortSignal.timeout(COUNT_MS)]),
          })
        ).text(64 * 1024);
      });
      if (counted !== undefined) {
        context.body = counted;
        return;
      }
    }
    const body = parseJsonObject(incoming.body);
    if (!body) throw notJson();
    const request = client.codec.decodeRequest(body, { betas: [] });
    const estimate = estimateInputTokens(request, incoming.body.byteLength) - estimateFromBytes(ENVELOPE_BYTES);
    context.body = JSON.stringify({ input_tokens: Math.max(1, estimate) });
  });
}

async function countedUpstream(ask: () => Promise<string>): Promise<string | undefined> {
  try {
    const text = await ask();
    const tokens = parseJsonObject(text)?.['input_tokens'];
    return typeof tokens === 'number' && tokens >= 0 ? text : undefined;
  } catch {
    // Many servers that speak the protocol do not count; the estimate is the answer then.
    return undefined;
  }
}
