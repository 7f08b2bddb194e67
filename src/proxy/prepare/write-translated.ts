import type { CodecContext, JsonObject, Loss } from '@claudex/sdk';
import type { HttpRequest } from '../../http/index.ts';
import type { Exchange } from '../exchange.ts';
import type { Refused } from '../heal/refused.ts';
import { breathe } from '../breathe.ts';
import type { ProxyState } from '../proxy-state.ts';
import { composeRequest } from './compose-request.ts';
import { lossOfParameter, strippedParameters } from './profile-limits.ts';
import { requestHeaders, traitsOf } from './request-headers.ts';
import { LOSS_OF_STATE, withoutRefused, withStateOf } from './without-refused.ts';

/** A translated exchange that lacks only its request. */
export interface Draft extends Omit<Exchange, 'request' | 'refused' | 'rewrite' | 'again' | 'next' | 'passThrough'> {
  /** What was adjusted before the protocol came in. */
  readonly losses: readonly Loss[];
  /** Size of the client's body. */
  readonly bytes: number;
  /** Headers of the client that are passed on. */
  readonly headers: { readonly [name: string]: string };
}

/** Writes the draft's request in the upstream's protocol, without what the upstream has refused. */
export async function writeTranslated(state: ProxyState, draft: Draft, refused: Refused): Promise<Exchange> {
  return finish(state, draft, refused, await encode(draft, refused));
}

interface Encoded {
  readonly body: string;
  readonly context: CodecContext;
  readonly losses: readonly Loss[];
}

function finish(state: ProxyState, draft: Draft, refused: Refused, encoded: Encoded): Promise<Exchange> {
  // A request that is written again starts its books anew.
  draft.record.losses.splice(0, Infinity, ...draft.losses, ...encoded.losses);
  return compose(state, draft, refused, encoded);
}

async function compose(state: ProxyState, draft: Draft, refused: Refused, encoded: Encoded): Promise<Exchange> {
  const { losses: _losses, bytes: _bytes, headers: _headers, ...exchange } = draft;
  return {
    ...exchange,
    passThrough: false,
    context: encoded.context,
    refused,
    request: await composeTranslated(state, draft, encoded),
    again: () => compose(state, draft, refused, encoded),
    async rewrite(more) {
      const again = await encode(draft, more);
      if (again.body === encoded.body) return undefined;
      return finish(state, draft, withStateOf(more, draft.context.request.messages), again);
    },
    async next(request) {
      // What the first request could not carry is in the books already.
      const following = { ...draft, context: { ...draft.context, request } };
      return compose(state, following, refused, await encode(following, refused));
    },
  };
}

function composeTranslated(
  { reach }: ProxyState,
  { bound, context: { model }, headers, signal }: Draft,
  { body, context }: Encoded,
): Promise<HttpRequest> {
  const traits = requestHeaders(bound, context, () => traitsOf(context.request));
  return composeRequest(
    bound,
    reach,
    { operation: 'messages', model, body, headers, stream: context.request.stream, traits },
    signal,
  );
}

async function encode(draft: Draft, refused: Refused): Promise<Encoded> {
  const { bound } = draft;
  const { request, losses: before } = withoutRefused(draft.context.request, refused);
  const context: CodecContext = {
    ...draft.context,
    request,
    ...(refused.tools.length > 0 && { quarantinedTools: refused.tools }),
  };
  await breathe(draft.bytes);
  const { origin: _origin, ...stateless } = context;
  const { body, losses: carried } = bound.protocol.encodeRequest(refused.state ? stateless : context);
  const losses = [...before, ...carried, ...lossesOfRefusal(refused, body, carried)];
  const left = without(body, new Set(refused.fields));
  const stripped = strippedParameters(bound);
  losses.push(
    ...Object.keys(left)
      .filter((name) => stripped.has(name))
      .map(lossOfParameter),
  );
  await breathe(draft.bytes);
  const written = JSON.stringify(without(left, stripped));
  // Whoever sends it turns it into bytes first, which takes a third as long again.
  await breathe(draft.bytes);
  // The answer is still read with an origin: what the provider mints now, it will take back.
  return { body: written, context, losses };
}

function lossesOfRefusal({ fields, tools, state }: Refused, body: JsonObject, carried: readonly Loss[]): Loss[] {
  const losses: Loss[] = fields
    .filter((name) => Object.hasOwn(body, name))
    .map((path) => dropped(path, 'refused_field', 'The provider refused this field, so it is left out.'));
  // A protocol that knows its tools by name has said so itself.
  if (tools.length > 0 && !carried.some(({ feature }) => feature === 'quarantined_tool'))
    losses.push(dropped('tools', 'quarantined_tool', 'The provider refused a tool, so it is left out.'));
  if (state) losses.push(LOSS_OF_STATE);
  return losses;
}

function dropped(path: string, feature: string, reason: string): Loss {
  return { kind: 'dropped', path, feature, reason };
}

function without(body: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (!Object.keys(body).some((name) => names.has(name))) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name)));
}
