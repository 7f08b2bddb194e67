import { Readable } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { ClientCodec } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import { answerStream } from '../answer/answer-stream.ts';
import { AssemblingPump } from '../answer/assembling-pump.ts';
import { PassThroughPump } from '../answer/pass-through-pump.ts';
import type { Output, Pump } from '../answer/pump.ts';
import { SniffingPump, type BodyKind } from '../answer/sniffing-pump.ts';
import { TranslationPump } from '../answer/translation-pump.ts';
import { WholeAnswerPump } from '../answer/whole-answer-pump.ts';
import { clientSideOf, type ClientSide } from '../client-side.ts';
import type { Exchange } from '../exchange.ts';
import { FaultError, faultOf } from '../fault-error.ts';
import { heal, isRefusal, MAX_HEALS } from '../heal/heal.ts';
import { openUpstream, passedHeaders } from '../open-upstream.ts';
import { completeFault } from '../overflow-fault.ts';
import { preparePassThrough } from '../prepare/prepare-pass-through.ts';
import { prepareTranslated } from '../prepare/prepare-translated.ts';
import type { ProxyState } from '../proxy-state.ts';
import { receive } from '../receive.ts';
import { RequestError } from '../request-error.ts';
import { openingWith } from '../search/opening-codec.ts';
import { searchRounds } from '../search/search-rounds.ts';
import { settle } from '../settle.ts';

/** `POST …/v1/messages`: the one route that all of this is for. */
export function addMessages(router: Router, state: ProxyState): void {
  const client = clientSideOf(state.registry);
  router.post(['/v1/messages', '/proxy/:profile/v1/messages'], async (context) => {
    refuseTooMany(state);
    const { incoming, bound, scope } = await receive(state, context);
    // Whoever has hung up meanwhile is not counted, because nothing would end the count.
    if (context.res.closed) return;
    let exchange: Exchange | undefined;
    const counters = state.counters.of(bound.profile.name);
    counters.active += 1;
    context.res.once('close', () => {
      counters.active -= 1;
      if (exchange) settle(state, exchange, context);
    });
    const same = bound.protocol.id === client.protocol.id;
    exchange = same
      ? await preparePassThrough(state, incoming, bound, scope)
      : await prepareTranslated(state, client, incoming, bound, scope);
    context.set({ 'x-claudex-profile': bound.profile.name, 'x-claudex-model': headerText(exchange.resolved.model) });
    try {
      await answer(state, client, exchange, context);
    } catch (error) {
      const fault = faultOf(error, exchange.record, state.shutdown.aborted);
      exchange.record.fault = fault.kind;
      refuse(error instanceof FaultError ? error : new FaultError(fault), client, exchange, context);
    }
  });
}

/** Better one clear refusal now than many answers that starve each other. */
function refuseTooMany({ counters, profiles }: ProxyState): void {
  const { proxy_max_streams: most } = profiles.base.configuration;
  if (counters.active() < most) return;
  throw new RequestError(529, 'overloaded_error', `${most} answers are running already (proxy_max_streams)`, {
    'retry-after': '1',
  });
}

/** Answers, and mends what the upstream refuses for as long as nothing has been given out. */
async function answer(state: ProxyState, client: ClientSide, exchange: Exchange, context: Context): Promise<void> {
  let current = exchange;
  for (let heals = 0; ; heals += 1) {
    try {
      await answerOnce(state, client, current, context);
      if (heals > 0) state.refusals.remember(current.bound, current.resolved.model, current.refused);
      return;
    } catch (error) {
      const healed = heals < MAX_HEALS ? await heal(current, error) : undefined;
      // One refusal after another: what was left out so far was right, and the next request begins there.
      if (!healed && heals === MAX_HEALS && isRefusal(error))
        state.refusals.remember(current.bound, current.resolved.model, current.refused);
      if (!healed) throw error;
      current = healed;
    }
  }
}

async function answerOnce(state: ProxyState, client: ClientSide, exchange: Exchange, context: Context): Promise<void> {
  if (exchange.overflow) throw new FaultError(exchange.overflow);
  const opened = await openUpstream(state, exchange);
  const pieces = piecesOf(state, exchange, opened, client.codec);
  // The first piece decides: a failure before it still chooses the status.
  const first = await pieces.next();
  context.status = 200;
  context.set({ ...passedHeaders(opened), 'x-claudex-attempts': String(exchange.record.attempts) });
  if (exchange.stream) {
    context.type = 'text/event-stream';
    context.set('cache-control', 'no-cache');
    context.body = Readable.from(startingWith(first, pieces), { objectMode: false, highWaterMark: 64 * 1024 });
  } else {
    context.type = 'application/json';
    // A whole answer is one piece.
    context.body = first.value;
    await pieces.return(undefined);
  }
}

function piecesOf(
  state: ProxyState,
  exchange: Exchange,
  opened: HttpResponse,
  client: ClientCodec,
): AsyncGenerator<Output> {
  const codec = exchange.notice ? openingWith(exchange.notice, client) : client;
  if (exchange.searches) return searchRounds(state, exchange, exchange.searches, opened, codec);
  const pump = new SniffingPump((kind) => pumpFor(kind, exchange, codec));
  return answerStream(exchange, opened, pump, codec, state.shutdown);
}

function pumpFor(kind: BodyKind, exchange: Exchange, client: ClientCodec): Pump {
  if (kind === 'whole') return new WholeAnswerPump(exchange, client);
  if (!exchange.stream) return new AssemblingPump(exchange, client);
  return exchange.passThrough ? new PassThroughPump(exchange) : new TranslationPump(exchange, client.encodeStream());
}

/** A model may be named in any script and at any length; a header may not. */
function headerText(name: string): string {
  return encodeURI(name.toWellFormed()).slice(0, 256);
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
  const { status, body } = client.codec.encodeFault(completeFault(error.fault, exchange.context), exchange.requestId);
  const retryAfter =
    error.fault.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.fault.retryAfterMs / 1000)) };
  context.status = error.body === undefined ? status : (error.fault.status ?? status);
  context.set({ ...retryAfter, ...error.headers, 'x-claudex-attempts': String(exchange.record.attempts) });
  context.type = 'application/json';
  context.body = error.body ?? JSON.stringify(body);
}
