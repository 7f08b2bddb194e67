import type Router from '@koa/router';
import type { Context } from 'koa';
import { Trail } from '../attempts/trail.ts';
import { clientSideOf } from '../client-side.ts';
import { openUpstream } from '../open-upstream.ts';
import { parseJsonObject } from '../parse-json.ts';
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
  const client = clientSideOf(state.registry, (text) => state.scrubber.scrub(text));
  const { meter } = state;
  state.stopping.addEventListener('abort', () => meter.close(), { once: true });
  router.post(['/v1/messages/count_tokens', '/proxy/:profile/v1/messages/count_tokens'], async (context) => {
    const received = await receive(state, client, context);
    const { bound } = received.target;
    context.set('x-claudex-profile', bound.profile.name);
    context.type = 'application/json';
    const exact = bound.protocol.id === client.protocol.id ? await askUpstream(state, received) : undefined;
    if (exact === undefined) {
      answer(context, await measure(meter, received));
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

function measure(meter: PromptMeter, { request, target }: Received): Promise<Measured> {
  const bytes = Math.max(0, request.incoming.body.byteLength - ENVELOPE_BYTES);
  const { bound, resolved } = target;
  return meter.measure({
    profile: bound.profile.name,
    model: resolved.model,
    request: request.canonical(),
    bytes,
  });
}

/** The body of the upstream's answer; `undefined` where it has no count. */
async function askUpstream(state: ProxyState, { request, target }: Received): Promise<string | undefined> {
  try {
    const exchange = await preparePassThrough(state, request, target, new Trail(), 'count-tokens');
    const signal = AbortSignal.any([exchange.signal, AbortSignal.timeout(COUNT_MS)]);
    const text = await (await openUpstream(state, { ...exchange, signal })).text(64 * 1024);
    const tokens = parseJsonObject(text)?.['input_tokens'];
    return typeof tokens === 'number' && tokens >= 0 ? text : undefined;
  } catch {
    // Many servers that speak the protocol do not count.
    return undefined;
  }
}
