import { isJsonObject, type CanonicalRequest, type CodecContext, type Operation } from '@claudex/sdk';
import { asksForStream } from '@claudex/sdk/codec';
import type { HttpRequest } from '../../http/index.ts';
import { isAnthropic, knowModel, type BoundProfile } from '../../router/index.ts';
import type { Target } from '../attempts/target.ts';
import type { Trail } from '../attempts/trail.ts';
import type { ClientRequest } from '../client-request.ts';
import { startRecord, type Exchange } from '../exchange.ts';
import type { Incoming } from '../incoming.ts';
import type { ProxyState } from '../proxy-state.ts';
import { codecContext } from './codec-context.ts';
import { composeRequest } from './compose-request.ts';
import { answerChanges, commonChanges, type Changes } from './pass-through-changes.ts';
import type { PassedBody } from './passed-body.ts';
import { passedHeaders } from './passed-headers.ts';
import { withoutOldState } from './passed-state.ts';
import { planPassedOutput, type PassedPlan } from './plan-passed-output.ts';
import { refuseThread } from './refuse-thread.ts';
import { requestHeaders, traitsOfBytes } from './request-headers.ts';

/** Passes the client's bytes on; only what the profile or the provider cannot do without is touched. */
export async function preparePassThrough(
  state: ProxyState,
  client: ClientRequest,
  { bound, resolved }: Target,
  trail: Trail,
  operation: Operation = 'messages',
): Promise<Exchange> {
  const record = startRecord();
  const { incoming } = client;
  const body = client.passed();
  const asked = client.asked(false);
  const forAnswer = operation === 'messages';
  if (forAnswer && !isAnthropic(bound)) refuseThread(body.read('thread'));
  const { context, plan } = describe(incoming, body, bound, { asked, model: resolved.model, forAnswer });
  const planned = forAnswer ? answerChanges(body, bound, context, plan, record.losses) : new Map<string, unknown>();
  const changes = commonChanges(body, bound, context, planned, record.losses);
  // A count has the model in its body also where an answer has it in the address.
  if (!forAnswer && changes.has('model')) changes.set('model', resolved.model);
  const headers = passedHeaders(incoming, context.quirks, record.losses);
  const draft = {
    requestId: incoming.requestId,
    bound,
    asked,
    resolved,
    stream: body.read('stream') === true,
    passThrough: true,
    record,
    trail,
    signal: incoming.signal,
    context,
    ...(plan.overflow && { overflow: plan.overflow }),
  };
  const traits = forAnswer ? requestHeaders(bound, context, () => traitsOfBytes(messagesOf(body))) : {};
  const write = (written: Changes): Promise<HttpRequest> =>
    composeRequest(
      bound,
      state.reach,
      {
        operation,
        model: resolved.model,
        body: body.patched(written),
        headers,
        query: incoming.query,
        stream: context.request.stream,
        traits,
      },
      incoming.signal,
    );
  return withoutOldState({ draft, body, changes, write }, state.refusals.of(bound, resolved.model));
}

function describe(
  incoming: Incoming,
  body: PassedBody,
  bound: BoundProfile,
  { asked, model, forAnswer }: { asked: string; model: string; forAnswer: boolean },
): { context: CodecContext; plan: PassedPlan } {
  const known = knowModel(bound, model);
  const plan = forAnswer ? planPassedOutput(body, bound, known.facts) : { input: 0, losses: [] };
  const request = emptyRequest(asked, asksForStream(body.read('stream') === true, known.quirks.streaming));
  const userId = userIdOf(body);
  return { plan, context: codecContext({ incoming, bound, model, known, request, userId, input: plan.input }) };
}

function messagesOf(body: PassedBody): Buffer {
  return body.bytesOf('messages') ?? Buffer.alloc(0);
}

function userIdOf(body: PassedBody): unknown {
  const metadata = body.read('metadata');
  return isJsonObject(metadata) ? metadata['user_id'] : undefined;
}

/** The tap restores nothing, so it needs no more of the request than this. */
function emptyRequest(model: string, stream: boolean): CanonicalRequest {
  return { model, messages: [], system: [], tools: [], stream, client: { betas: [] }, other: {} };
}
