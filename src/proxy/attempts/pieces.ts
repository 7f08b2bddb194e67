import type { ClientCodec } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import { answerStream } from '../answer/answer-stream.ts';
import { AssemblingPump } from '../answer/assembling-pump.ts';
import { PassThroughPump } from '../answer/pass-through-pump.ts';
import type { Output, Pump } from '../answer/pump.ts';
import { SniffingPump, type BodyKind } from '../answer/sniffing-pump.ts';
import { TranslationPump } from '../answer/translation-pump.ts';
import { WholeAnswerPump } from '../answer/whole-answer-pump.ts';
import type { Answering } from '../exchange.ts';
import type { ProxyState } from '../proxy-state.ts';
import { openingWith } from '../search/opening-codec.ts';
import { searchRounds } from '../search/search-rounds.ts';
import { answeringOf } from './answering-of.ts';
import type { Call } from './call.ts';

/** The pieces of the client's answer, made of what an upstream has begun to answer. */
export function piecesOf(state: ProxyState, call: Call, opened: HttpResponse): AsyncGenerator<Output> {
  const { current: exchange, silence } = call;
  const { codec: client } = call.request.client;
  const codec = exchange.notice ? openingWith(exchange.notice, client) : client;
  if (exchange.searches) return searchRounds(state, exchange, exchange.searches, opened, codec, silence);
  const answering = call.answering ?? answeringOf(exchange);
  const pump = new SniffingPump((kind) => pumpFor(kind, answering, codec));
  return answerStream(answering, opened, pump, codec, state.shutdown, silence);
}

function pumpFor(kind: BodyKind, exchange: Answering, client: ClientCodec): Pump {
  if (kind === 'whole') return new WholeAnswerPump(exchange, client);
  if (!exchange.stream) return new AssemblingPump(exchange, client);
  return exchange.passThrough ? new PassThroughPump(exchange) : new TranslationPump(exchange, client.encodeStream());
}
