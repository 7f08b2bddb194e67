import type Router from '@koa/router';
import type { Context } from 'koa';
import { errorText } from '../answer/answer-stream.ts';
import type { Output } from '../answer/pump.ts';
import { sendStream } from '../answer/send-stream.ts';
import { answerFromChain } from '../attempts/answer-from-chain.ts';
import { Call } from '../attempts/call.ts';
import { clientSideOf, type ClientSide } from '../client-side.ts';
import { FaultError, faultOf, faultOfRefusal } from '../fault-error.ts';
import { passedHeaders } from '../open-upstream.ts';
import { completeFault } from '../overflow-fault.ts';
import type { ProxyState } from '../proxy-state.ts';
import { receive } from '../receive.ts';
import { RequestError } from '../request-error.ts';
import { settle } from '../settle.ts';

/** `POST …/v1/messages`: the one route that all of this is for. */
export function addMessages(router: Router, state: ProxyState): void {
  const client = clientSideOf(state.registry, (text) => state.scrubber.scrub(text));
  router.post(['/v1/messages', '/proxy/:profile/v1/messages'], async (context) => {
    refuseTooMany(state);
    const accepted = await accept(state, client, context);
    if (!accepted) return;
    try {
      await answer(state, client, accepted, context);
    } catch (error) {
      const { record } = accepted.call;
      // Anything else is wrong with the request itself, or with us.
      if (!(error instanceof FaultError)) {
        record.fault ??= faultOfRefusal(error);
        throw error;
      }
      record.fault = error.fault;
      refuse(state, error, client, accepted.call, context);
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

/** An accepted call, with the way to its answer. The request's bytes are in there and nowhere else. */
interface Accepted {
  readonly call: Call;
  readonly pieces: AsyncGenerator<Output>;
}

async function accept(state: ProxyState, client: ClientSide, context: Context): Promise<Accepted | undefined> {
  const received = await receive(state, client, context);
  // Whoever has hung up meanwhile is not counted, because nothing would end the count.
  if (context.res.closed) return undefined;
  // Others may have come while the body was read.
  refuseTooMany(state);
  const call = new Call(received);
  const counters = state.counters.of(call.primary.bound.profile.name);
  counters.active += 1;
  context.res.once('close', () => {
    counters.active -= 1;
    settle(state, call, context);
  });
  if (received.scope.configuration.history.bodies) call.keepBodies(received.request.incoming.body);
  return { call, pieces: answerFromChain(state, received.scope, call) };
}

async function answer(state: ProxyState, client: ClientSide, accepted: Accepted, context: Context): Promise<void> {
  const { call, pieces } = accepted;
  // The first piece decides: a failure before it still chooses the status.
  const { value: first } = await pieces.next();
  context.status = 200;
  context.set(headersOf(call));
  if (!call.stream) {
    context.type = 'application/json';
    // A whole answer is one piece.
    context.body = first;
    await pieces.next();
    return;
  }
  context.type = 'text/event-stream';
  context.set('cache-control', 'no-cache');
  // Written without another stream in between, of which every answer would have one for hours.
  context.respond = false;
  await sendStream(context.res, first ?? undefined, pieces, (error) => {
    const fault = faultOf(error, call.record, state.shutdown.aborted);
    call.record.fault = fault;
    return errorText(fault, call, client.codec);
  });
}

/** What is known when the head of an answer is written: after a ping that is less than in the end. */
function headersOf(call: Call): { [name: string]: string } {
  const { bound, resolved } = call.answering ?? call.primary;
  return {
    ...(call.opened && passedHeaders(call.opened)),
    'x-claudex-profile': bound.profile.name,
    'x-claudex-model': headerText(resolved.model),
    'x-claudex-attempts': String(call.trail.calls),
    'x-claudex-trail': call.trail.header,
  };
}

/** A model may be named in any script and at any length; a header may not. */
function headerText(name: string): string {
  return encodeURI(name.toWellFormed()).slice(0, 256);
}

/** Whole seconds in plain digits, however many a provider names. */
function seconds(milliseconds: number): string {
  return String(Math.min(Math.ceil(milliseconds / 1000), Number.MAX_SAFE_INTEGER));
}

function refuse({ scrubber }: ProxyState, error: FaultError, client: ClientSide, call: Call, context: Context): void {
  const { status, body } = client.codec.encodeFault(completeFault(error.fault, call.context), call.requestId);
  const retryAfter = error.fault.retryAfterMs === undefined ? {} : { 'retry-after': seconds(error.fault.retryAfterMs) };
  context.status = error.body === undefined ? status : (error.fault.status ?? status);
  context.set({ ...headersOf(call), ...retryAfter, ...error.headers });
  context.type = 'application/json';
  context.body = error.body === undefined ? JSON.stringify(body) : scrubber.scrub(error.body);
}
