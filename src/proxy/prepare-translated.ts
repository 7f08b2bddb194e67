import type { CanonicalRequest, ClientDialect, CodecContext, JsonObject, Loss } from '@claudex/sdk';
import { resolveModel, type BoundProfile } from '../router/index.ts';
import { composeRequest } from './compose-request.ts';
import { estimateInputTokens } from './estimate.ts';
import { startRecord, type Exchange } from './exchange.ts';
import { newId } from './new-id.ts';
import { notJson, parseJsonObject } from './parse-json.ts';
import type { Scope } from './profile-directory.ts';
import { lossOfLimit, lossOfParameter, outputLimit, strippedParameters } from './profile-limits.ts';
import type { ClientSide } from './client-side.ts';
import type { ProxyState } from './proxy-state.ts';
import type { Incoming } from './incoming.ts';

/** Reads the client's request, and writes it anew in the upstream's protocol. */
export async function prepareTranslated(
  state: ProxyState,
  client: ClientSide,
  incoming: Incoming,
  bound: BoundProfile,
  scope: Scope,
): Promise<Exchange> {
  const record = startRecord();
  const body = parseJsonObject(incoming.body);
  if (!body) throw notJson();
  const decoded = client.codec.decodeRequest(
    incoming.model === undefined ? body : { ...body, model: incoming.model },
    dialectOf(incoming),
  );
  const resolved = resolveModel(decoded.model, bound, scope.configuration.model_aliases);
  const request = capped(decoded, bound, resolved.model, record.losses);
  const context: CodecContext = {
    request,
    model: resolved.model,
    quirks: bound.quirks,
    origin: bound.provider.id,
    newId,
    estimatedInputTokens: estimateInputTokens(request, incoming.body.byteLength),
  };
  const encoded = bound.protocol.encodeRequest(context);
  record.losses.push(...encoded.losses);
  const wire = withoutStripped(encoded.body, bound, record.losses);
  return {
    requestId: incoming.requestId,
    bound,
    asked: decoded.model,
    resolved,
    stream: request.stream,
    passThrough: false,
    context,
    record,
    signal: incoming.signal,
    request: await composeRequest(bound, state.started, {
      operation: 'messages',
      model: resolved.model,
      body: JSON.stringify(wire),
    }),
  };
}

function dialectOf({ headers }: Incoming): ClientDialect {
  const version = headers['anthropic-version'];
  const betas = (headers['anthropic-beta'] ?? '')
    .split(',')
    .map((beta) => beta.trim())
    .filter((beta) => beta !== '');
  return version === undefined ? { betas } : { version, betas };
}

/** Lowers `max_tokens` to what the profile or the model allows. */
function capped(request: CanonicalRequest, bound: BoundProfile, model: string, losses: Loss[]): CanonicalRequest {
  const limit = outputLimit(bound, model);
  if (request.max_tokens === undefined || limit === undefined || request.max_tokens <= limit) return request;
  losses.push(lossOfLimit(limit));
  return { ...request, max_tokens: limit };
}

function withoutStripped(body: JsonObject, bound: BoundProfile, losses: Loss[]): JsonObject {
  const stripped = strippedParameters(bound);
  const gone = Object.keys(body).filter((name) => stripped.has(name));
  losses.push(...gone.map(lossOfParameter));
  return gone.length === 0 ? body : Object.fromEntries(Object.entries(body).filter(([name]) => !stripped.has(name)));
}
