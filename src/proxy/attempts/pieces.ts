import type { ClientCodec } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import { answerStream } from '../answer/answer-stream.ts';
import { AssemblingPump } from '../answer/assembling-pump.ts';
import { decodingContext } from '../answer/decoding-context.ts';
import { PassThroughPump } from '../answer/pass-through-pump.ts';
import type { Output, Pump } from '../answer/pump.ts';
import { SniffingPump, type BodyKind } from '../answer/sniffing-pump.ts';
import { TranslationPump } from '../answer/translation-pump.ts';
import { WholeAnswerPump } from '../answer/whole-answer-pump.ts';
import type { Answering, Exchange } from '../exchange.ts';
import type { ProxyState } from '../proxy-state.ts';
import { openingWith } from '../search/opening-codec.ts';
import { searchRounds } from '../search/search-rounds.ts';
import type { Call } from './call.ts';

/** The pieces of the client's answer, made of what an upstream has begun to answer. */
export function piecesOf(state: ProxyState, call: Call, opened: HttpResponse): AsyncGenerator<Output> {
  const { current: exchange, silence } = call;
  const { codec: client } = call.request.client;
  const codec = exchange.notice ? openingWith(exchange.notice, client) : client;
  if (exchange.searches) return searchRounds(state, exchange, exchange.searches, opened, codec, silence);
  const pump = new SniffingPump((kind) => pumpFor(kind, exchange, codec));
  return answerStream(withoutContent(exchange), opened, pump, codec, state.shutdown, silence);
}

function pumpFor(kind: BodyKind, exchange: Exchange, client: ClientCodec): Pump {
  if (kind === 'whole') return new WholeAnswerPump(exchange, client);
  if (!exchange.stream) return new AssemblingPump(exchange, client);
  return exchange.passThrough ? new PassThroughPump(exchange) : new TranslationPump(exchange, client.encodeStream());
}

/** What a stream may hold on to for hours. */
export function withoutContent(exchange: Exchange): Answering {
  const { requestId, bound, asked, resolved, stream, passThrough, signal, record, trail } = exchange;
  const context = decodingContext(exchange.context);
  return { requestId, bound, asked, resolved, stream, passThrough, signal, record, trail, context };
}
