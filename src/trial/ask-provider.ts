import { isJsonObject, type CodecContext } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import { messageOf } from '../errors/index.ts';
import { ConnectError } from '../oauth/index.ts';
import { requestHeaders } from '../proxy/index.ts';
import { composeRequest, forModel, hasPublicList, type BoundProfile, type Payload } from '../router/index.ts';
import type { Connectivity, Problem } from './connectivity.ts';
import { isKeyRefused, problemOfBody, problemOfFault, problemOfStatus } from './explain-answer.ts';
import { sendOnce, type Answer, type Sent } from './send-once.ts';
import { smallCompletion } from './small-completion.ts';
import type { TrialWay } from './trial-way.ts';

/** What one call said about a profile. */
export interface Finding {
  readonly asked: Connectivity['asked'];
  /** `null` when nothing was sent. */
  readonly latencyMs: number | null;
  readonly problem?: Problem | undefined;
}

/** What the list of models says; `undefined` when a completion has to decide. */
export async function askForModels(
  bound: BoundProfile,
  way: TrialWay,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const { protocol, models } = bound;
  // A list that anybody may see says nothing about a key.
  if (!hasList(bound) || hasPublicList(bound)) return undefined;
  const sent = await send(bound, way, signal, { operation: 'models', model: models.default });
  const { latencyMs, origin } = sent;
  const found = (problem?: Problem): Finding => ({ asked: 'models', latencyMs, problem });
  if ('problem' in sent) return found(sent.problem);
  const { answer } = sent;
  if (isSuccess(answer)) return found(problemOfBody(answer, origin));
  return hasNoVerdict(answer.status) ? undefined : found(problemOfStatus(answer, protocol, origin));
}

function hasList({ provider, protocol, wire, modelList }: BoundProfile): boolean {
  if (modelList !== undefined) return modelList !== 'none';
  return 'endpoint' in provider || 'endpoint' in wire || protocol.endpoint('models') !== undefined;
}

/**
 * Statuses that say nothing about completions: there is no list, or this key may not read it, or it would have to be
 * asked for in another way.
 */
function hasNoVerdict(status: number): boolean {
  const isDecisive = status === 401 || status === 402 || status === 408 || status === 429;
  return status === 501 || (status >= 400 && status < 500 && !isDecisive);
}

/** What a completion of a few tokens says. */
export async function askForCompletion(given: BoundProfile, way: TrialWay, signal: AbortSignal): Promise<Finding> {
  const bound = forModel(given, given.models.default);
  const { protocol, models } = bound;
  if (models.default === '') return { asked: null, latencyMs: null, problem: NO_MODEL };
  const { body, context } = smallCompletion(bound);
  const sent = await send(bound, way, signal, {
    operation: 'messages',
    model: models.default,
    body,
    stream: context.request.stream,
    traits: requestHeaders(bound, context, () => ({ hasImages: false, followsTools: false })),
  });
  const { latencyMs, origin } = sent;
  const found = (problem?: Problem): Finding => ({ asked: 'completion', latencyMs, problem });
  if ('problem' in sent) return found(sent.problem);
  const { answer } = sent;
  if (isSuccess(answer)) return found(problemOfCompletion(answer, bound, context, origin));
  return isMended(answer, bound) ? found() : found(problemOfStatus(answer, protocol, origin));
}

const NO_MODEL: Problem = {
  code: 'model-missing',
  reason: 'the provider has no list of models, and the profile names no model to ask',
  remedy: 'Set default_model in the profile.',
};

function problemOfCompletion(
  answer: Answer,
  { protocol }: BoundProfile,
  context: CodecContext,
  origin: string,
): Problem | undefined {
  if (context.request.stream && /^(?:data|event|id|retry)?:/.test(answer.text)) return undefined;
  const problem = problemOfBody(answer, origin);
  if (problem) return problem;
  const body = parseJson(answer.text);
  const decoded = protocol.decodeResponse(isJsonObject(body) ? body : {}, context);
  return 'fault' in decoded ? problemOfFault(decoded.fault, origin) : undefined;
}

/** Whoever refuses a part of the request has accepted the key, and the proxy asks again without that part. */
function isMended({ status, headers, text }: Answer, { protocol }: BoundProfile): boolean {
  return !isKeyRefused(status) && protocol.decodeFault({ status, headers, body: text }).refused !== undefined;
}

async function send(bound: BoundProfile, way: TrialWay, signal: AbortSignal, payload: Payload): Promise<Sent> {
  let request;
  try {
    request = composeRequest(bound, payload, await way.reach.of(bound, signal));
    if (!request) throw new Error(`${bound.provider.title} has no operation ${payload.operation}`);
  } catch (error) {
    if (signal.aborted) throw error;
    return { latencyMs: 0, origin: '', problem: problemOfReach(error) };
  }
  return sendOnce(request, way, signal);
}

function problemOfReach(error: unknown): Problem {
  const reason = messageOf(error);
  if (error instanceof ConnectError)
    return { code: error.kind === 'refused' ? 'key-refused' : 'server-error', reason, remedy: error.remedy };
  const remedy = 'Its plugin is at fault; "claudex plugins" says where it comes from.';
  return { code: 'cannot-start', reason, remedy };
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
