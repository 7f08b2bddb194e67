import type Router from '@koa/router';
import type { Context } from 'koa';
import { resolveModel } from '../../router/index.ts';
import { clientSideOf, type ClientSide } from '../client-side.ts';
import { openUpstream } from '../open-upstream.ts';
import { notJson, parseJsonObject } from '../parse-json.ts';
import { preparePassThrough } from '../prepare/prepare-pass-through.ts';
import type { ProxyState } from '../proxy-state.ts';
import { receive, type Received } from '../receive.ts';
import type { Measured, PromptMeter } from '../tokens/prompt-meter.ts';

/** An upstream's count that takes longer is worth less than our own now, in milliseconds. */
const COUNT_MS = 10_000;
/** What every body has around its content: names of fields, brackets, the model. */
const ENVELOPE_BYTES = 64;

/**
 * `POST …/v1/messages/count_tokens`: the upstream's own count where it has one, else that of a tokenizer, else an
 * estimate. The header `x-claudex-count` says which (`exact`, `tokenizer`, `estimate`), and `x-claudex-count-error`,
 * where it is known, how far such figures were off on average: 0.12 is 12 %.
 */
export function addCountTokens(router: Router, state: ProxyState): void {
  const client = clientSideOf(state.registry);
  const { meter } = state;
  state.stopping.addEventListener('abort', () => meter.close(), { once: true });
  router.post(['/v1/messages/count_tokens', '/proxy/:profile/v1/messages/count_tokens'], async (context) => {
    const received = await receive(state, context);
    context.set('x-claudex-profile', received.bound.profile.name);
    context.type = 'application/json';
    const exact = received.bound.protocol.id === client.protocol.id ? await askUpstream(state, received) : undefined;
    if (exact === undefined) {
      answer(context, await measure(client, meter, received));
      return;
    }
    context.set('x-claudex-count', 'exact');
    context.body = exact;
  });
}

function answer(context: Context, { tokens, method, error }: Measured): void {
  context.set('x-claudex-count', method);
  if (error !== undefined) context.set('x-claudex-count-error', error.toFixed(2));
  context.body = JSON.stringify({ input_tokens: tokens });
}

function measure(client: ClientSide, meter: PromptMeter, { incoming, bound, scope }: Received): Promise<Measured> {
  const body = parseJsonObject(incoming.body);
  if (!body) throw notJson();
  const request = client.codec.decodeRequest(incoming.model === undefined ? body : { ...body, model: incoming.model }, {
    betas: [],
  });
  const { model } = resolveModel(request.model, bound, scope.configuration.model_aliases);
  const bytes = Math.max(0, incoming.body.byteLength - ENVELOPE_BYTES);
  return meter.measure({ profile: bound.profile.name, model, request, bytes });
}

/** The body of the upstream's answer; `undefined` where it has no count. */
async function askUpstream(state: ProxyState, { incoming, bound, scope }: Received): Promise<string | undefined> {
  try {
    const exchange = await preparePassThrough(state, incoming, bound, scope, 'count-tokens');
    const signal = AbortSignal.any([exchange.signal, AbortSignal.timeout(COUNT_MS)]);
    const text = await (await openUpstream(state, { ...exchange, signal })).text(64 * 1024);
    const tokens = parseJsonObject(text)?.['input_tokens'];
    return typeof tokens === 'number' && tokens >= 0 ? text : undefined;
  } catch {
    // Many servers that speak the protocol do not count.
    return undefined;
  }
}
