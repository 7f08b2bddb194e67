import type { CanonicalRequest, Fault, Loss } from '@claudex/sdk';
import { asksForStream } from '@claudex/sdk/codec';
import { knowModel, type BoundProfile, type KnownModel } from '../../router/index.ts';
import type { Target } from '../attempts/target.ts';
import type { Trail } from '../attempts/trail.ts';
import type { ClientRequest } from '../client-request.ts';
import { startRecord, type Exchange } from '../exchange.ts';
import { newId } from '../new-id.ts';
import type { ProxyState } from '../proxy-state.ts';
import { planSearch } from '../search/plan-search.ts';
import { codecContext } from './codec-context.ts';
import { overrideEffort } from './override-effort.ts';
import { passedHeaders } from './passed-headers.ts';
import { fitThinking, planOutput } from './plan-output.ts';
import { outputLimit } from './profile-limits.ts';
import { refuseThread } from './refuse-thread.ts';
import { writeTranslated } from './write-translated.ts';

/** Reads the client's request, and writes it anew in the protocol of a target. */
export async function prepareTranslated(
  state: ProxyState,
  client: ClientRequest,
  { bound, resolved }: Target,
  trail: Trail,
): Promise<Exchange> {
  const { incoming } = client;
  const decoded = client.canonical();
  refuseThread(decoded.other['thread']);
  const known = knowModel(bound, resolved.model);
  const forecast = state.meter.forecast({
    profile: bound.profile.name,
    model: resolved.model,
    request: decoded,
    bytes: incoming.body.byteLength,
  });
  const input = forecast.tokens;
  const { request: fitted, losses, overflow } = adjust(decoded, bound, known, input);
  const search = state.registry.searches.values().next().value;
  const { request, ...plan } = planSearch({
    request: fitted,
    searchedByProvider: searches(bound, known),
    search,
    newId,
  });
  const userId = decoded.metadata?.['user_id'];
  // A request in the client's own protocol is written anew for a search; the provider understands its headers.
  const isOwn = bound.protocol.id === client.client.protocol.id;
  const headers = isOwn ? passedHeaders(incoming, known.quirks, losses) : {};
  const draft = {
    requestId: incoming.requestId,
    bound,
    asked: decoded.model,
    resolved,
    stream: decoded.stream,
    context: codecContext({ incoming, bound, model: resolved.model, known, request, userId, input }),
    ...(overflow && { overflow }),
    record: { ...startRecord(), forecast },
    trail,
    signal: incoming.signal,
    ...plan,
    losses: [...losses, ...plan.losses],
    bytes: incoming.body.byteLength,
    headers,
  };
  return writeTranslated(state, draft, state.refusals.of(bound, resolved.model));
}

/** Whether the provider searches the web itself: its protocol must know how to ask for it in the way the quirk names. */
function searches({ protocol }: BoundProfile, { quirks }: KnownModel): boolean {
  return quirks.webSearch !== undefined && protocol.webSearches?.includes(quirks.webSearch) === true;
}

/** What the profile and the model make of a request: its limit, its effort, and whether it is streamed. */
function adjust(
  decoded: CanonicalRequest,
  bound: BoundProfile,
  { facts, quirks }: KnownModel,
  input: number,
): { request: CanonicalRequest; losses: Loss[]; overflow: Fault | undefined } {
  const plan = planOutput({
    wanted: decoded.max_tokens,
    limit: outputLimit(bound, facts),
    window: facts?.contextWindow,
    longest: facts?.maxInputTokens,
    input,
  });
  const losses = [...plan.losses];
  const fitted = fitOutput(decoded, plan.maxTokens, losses);
  const streamed = { ...fitted, stream: asksForStream(decoded.stream, quirks.streaming) };
  return { request: overrideEffort(streamed, bound.profile.effort, losses), losses, overflow: plan.overflow };
}

function fitOutput(request: CanonicalRequest, maxTokens: number | undefined, losses: Loss[]): CanonicalRequest {
  if (maxTokens === undefined) return request;
  const thinking = fitThinking(request.thinking, maxTokens, losses);
  return { ...request, max_tokens: maxTokens, ...(thinking && { thinking }) };
}
