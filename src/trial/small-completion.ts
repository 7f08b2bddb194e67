import type { CanonicalRequest, CodecContext } from '@claudex/sdk';
import { asksForStream } from '@claudex/sdk/codec';
import { strippedParameters } from '../proxy/index.ts';
import { knowModel, type BoundProfile } from '../router/index.ts';

/** Enough for every provider: some take no limit below 16. */
const MOST_TOKENS = 16;

/** A request that costs next to nothing, as the body of the profile's protocol and as codecs see it. */
export interface SmallCompletion {
  readonly body: string;
  readonly context: CodecContext;
}

/** Writes a completion of a few tokens as the proxy would write it. */
export function smallCompletion(bound: BoundProfile): SmallCompletion {
  const model = bound.models.default;
  const known = knowModel(bound, model);
  const request: CanonicalRequest = {
    model,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Say OK.' }] }],
    system: [],
    max_tokens: MOST_TOKENS,
    tools: [],
    stream: asksForStream(false, known.quirks.streaming),
    client: { betas: [] },
    other: {},
  };
  let ids = 0;
  const newId = (prefix: string): string => `${prefix}_trial${(ids += 1)}`;
  const context: CodecContext = { request, model, ...known, newId, estimatedInputTokens: 10 };
  const { body } = bound.protocol.encodeRequest(context);
  const stripped = strippedParameters(bound);
  const left = Object.fromEntries(Object.entries(body).filter(([name]) => !stripped.has(name)));
  return { body: JSON.stringify(left), context };
}
