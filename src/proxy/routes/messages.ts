import { Readable } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { answerStream } from '../answer-stream.ts';
import { answerWhole, decodeWhole, notJsonMessage } from '../answer-whole.ts';
import { clientSideOf, type ClientSide } from '../client-side.ts';
import { eventsOfResponse } from '../events-of-response.ts';
import type { Exchange } from '../exchange.ts';
import { FaultError, faultOf, protocolFault } from '../fault-error.ts';
import { openUpstream, passedHeaders } from '../open-upstream.ts';
import { PassThroughPump } from '../pass-through-pump.ts';
import { preparePassThrough } from '../prepare-pass-through.ts';
import { prepareTranslated } from '../prepare-translated.ts';
import type { ProxyState } from '../proxy-state.ts';
import { receive } from '../receive.ts';
import { settle } from '../settle.ts';
import { sniff } from '../sniff.ts';
import { sseText } from '../sse-text.ts';
import { TranslationPump } from '../translation-pump.ts';

/** `POST …/v1/messages`: the one route that all of this is for. */
export function addMessages(router: Router, state: ProxyState): void {
  const client = clientSideOf(state.registry);
  router.post(['/v1/messages', '/proxy/:profile/v1/messages'], async (context) => {
    const { incoming, bound, scope } = await receive(state, context);
    const same = bound.protocol.id === client.protocol.id;
    const exchange = same
      ? await preparePassThrough(state, incoming, bound, scope)
      : await prepareTranslated(state, client, incoming, bound, scope);
    state.counters.of(bound.profile.name).active += 1;
    context.res.once('close', () => settle(state, exchange, context));
    context.set({ 'x-claudex-profile': bound.profile.name, 'x-claudex-model': exchange.resolved.model });
    try {
      await answer(state, client, exchange, context);
    } catch (error) {
      const fault = faultOf(error, exchange.record, state.shutdown.aborted);
      exchange.record.fault = fault.kind;
      refuse(error instanceof FaultError ? error : new FaultError(fault), client, exchange, context);
    }
  });
}

async function answer(state: ProxyState, client: ClientSide, exchange: Exchange, context: Context): Promise<void> {
  const opened = await openUpstream(state, exchange);
  context.set({ ...passedHeaders(opened), 'x-claudex-attempts': String(exchange.record.attempts) });
  if (!exchange.stream) {
    context.type = 'application/json';
    context.body = await answerWhole(exchange, opened, client.codec);
    return;
  }
  const { kind, response } = await sniff(opened);
  if (kind === 'other') {
    const text = await response.text(1024);
    throw new FaultError(protocolFault(notJsonMessage(exchange, text)));
  }
  context.type = 'text/event-stream';
  context.set('cache-control', 'no-cache');
  if (kind === 'json') {
    context.body = eventsAsText(client, exchange, await response.text(64 * 1024 * 1024));
    return;
  }
  const pump = exchange.passThrough
    ? new PassThroughPump(exchange)
    : new TranslationPump(exchange, client.codec.encodeStream());
  const pieces = answerStream(exchange, response, pump, client.codec, state.shutdown);
  // The first piece decides: a failure before it still chooses the status.
  const first = await pieces.next();
  context.status = 200;
  context.body = Readable.from(startingWith(first, pieces), { objectMode: false, highWaterMark: 64 * 1024 });
}

/** A server that answers a streamed request in one piece; its answer becomes a stream here. */
function eventsAsText(client: ClientSide, exchange: Exchange, text: string): string {
  const { response, losses } = decodeWhole(exchange, text);
  exchange.record.losses.push(...losses);
  exchange.record.usage = response.usage;
  exchange.record.stopReason = response.stop_reason ?? response.raw_stop_reason;
  const encoder = client.codec.encodeStream();
  return eventsOfResponse(response)
    .flatMap((event) => encoder.push(event))
    .map(sseText)
    .join('');
}

async function* startingWith<Piece>(
  first: IteratorResult<Piece, void>,
  rest: AsyncGenerator<Piece>,
): AsyncGenerator<Piece> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

function refuse(error: FaultError, client: ClientSide, exchange: Exchange, context: Context): void {
  const { status, body } = client.codec.encodeFault(error.fault, exchange.requestId);
  const retryAfter =
    error.fault.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.fault.retryAfterMs / 1000)) };
  context.status = error.body === undefined ? status : (error.fault.status ?? status);
  context.set({ ...retryAfter, ...error.headers, 'x-claudex-attempts': String(exchange.record.attempts) });
  context.type = 'application/json';
  context.body = error.body ?? JSON.stringify(body);
}
