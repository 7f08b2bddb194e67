import type { ClientCodec, ServerToolResultBlock } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import { answerStream, errorText } from '../answer/answer-stream.ts';
import type { Output } from '../answer/pump.ts';
import { whileWaiting, type Silence } from '../answer/silence.ts';
import { SniffingPump } from '../answer/sniffing-pump.ts';
import type { Exchange } from '../exchange.ts';
import { faultOf } from '../fault-error.ts';
import { openUpstream } from '../open-upstream.ts';
import type { ProxyState } from '../proxy-state.ts';
import { StreamSink, WholeSink } from './answer-sink.ts';
import { JoinedAnswer } from './joined-answer.ts';
import { nextRequest } from './next-request.ts';
import type { AnsweredSearches } from './plan-search.ts';
import { resultForModel } from './result-text.ts';
import type { Round } from './round.ts';
import { RoundPump, WholeRoundPump } from './round-pumps.ts';
import { SearchBudget } from './search-budget.ts';

/**
 * The asynchronous loop of an answer whose searches the proxy runs: the model's answer, its searches, the model's next
 * answer, until one calls no search. Ends and throws as {@link answerStream} does.
 */
export async function* searchRounds(
  state: ProxyState,
  exchange: Exchange,
  searches: AnsweredSearches,
  opened: HttpResponse,
  client: ClientCodec,
  silence: Silence,
): AsyncGenerator<Output> {
  const { record, stream } = exchange;
  const sink = stream ? new StreamSink(client) : new WholeSink(client, record.losses);
  const answer = new JoinedAnswer(
    searches.offered.map(({ tool }) => tool),
    sink,
    record,
  );
  const budget = budgetFor(state, exchange, searches);
  try {
    yield* rounds({ state, client, answer, silence, budget }, exchange, opened);
  } catch (error) {
    if (!answer.given) throw error;
    const fault = faultOf(error, record, state.shutdown.aborted);
    record.fault = fault;
    yield errorText(fault, exchange, client);
  }
}

/** What all rounds of one answer share. */
interface Shared {
  readonly state: ProxyState;
  readonly client: ClientCodec;
  readonly answer: JoinedAnswer;
  readonly silence: Silence;
  readonly budget: SearchBudget;
}

async function* rounds(shared: Shared, first: Exchange, opened: HttpResponse): AsyncGenerator<Output> {
  const { state, client, answer, silence, budget } = shared;
  let exchange = first;
  let response = opened;
  for (;;) {
    const current = exchange;
    const pump = new SniffingPump((kind) =>
      kind === 'whole' ? new WholeRoundPump(current, answer) : new RoundPump(current, answer),
    );
    yield* answerStream(exchange, response, pump, client, state.shutdown, silence);
    if (!pump.complete || answer.complete) return;
    const round = answer.endRound();
    const results = yield* whileWaiting(silence, budget.answer(round.calls));
    for (const result of results) answer.addResult(result);
    const goesOn = round.stopReason === 'tool_use' && !round.callsClient;
    // A model that calls on although it was told that it may not is stopped, in the word for an unfinished turn.
    const isStopped = goesOn && budget.exceeded > 1;
    if (isStopped || !goesOn) answer.finish(isStopped ? 'pause_turn' : undefined);
    const text = answer.release();
    if (text !== undefined) {
      yield text;
      silence.broken();
    }
    if (answer.complete) return;
    exchange = await following(exchange, round, results, budget.exceeded === 0);
    response = yield* whileWaiting(silence, openUpstream(state, exchange));
  }
}

/** The exchange that asks the model again, on the same books. */
async function following(
  exchange: Exchange,
  { calls, content }: Round,
  results: readonly ServerToolResultBlock[],
  mayCallAgain: boolean,
): Promise<Exchange> {
  const { context, record } = exchange;
  // The figures of several prompts teach nothing about the first.
  record.forecast = undefined;
  const forModel = results.map((result, index) => resultForModel(calls[index]?.callId ?? '', result));
  const request = nextRequest(context.request, content, forModel, mayCallAgain);
  const next = await exchange.next?.(request);
  if (!next) throw new Error('an exchange whose searches are answered can be continued');
  return next;
}

function budgetFor(state: ProxyState, exchange: Exchange, searches: AnsweredSearches): SearchBudget {
  const { search } = searches;
  return new SearchBudget(searches, (tool) => ({
    search,
    upstream: state.upstream,
    signal: exchange.signal,
    report: (problem) =>
      state.log({
        level: 'warn',
        event: 'search_failed',
        request_id: exchange.requestId,
        search: search.id,
        tool,
        problem,
      }),
  }));
}
