import { isJsonObject, type CodecContext } from '@claudex/sdk';
import { parseJson, shortHash, textOf, unreadFields } from '@claudex/sdk/codec';
import type { ResponsesRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** The least the API takes, in tokens. */
const MIN_OUTPUT_TOKENS = 16;

/** The longest cache key the API takes, in characters. */
const CACHE_KEY_MAX_LENGTH = 64;

/** Length of an opaque id made of a longer one, in characters. */
const OPAQUE_ID_LENGTH = 32;

/** Writes limits, sampling and identity into the body, and records what has no counterpart. */
export function encodeParameters(body: ResponsesRequest, encoding: Encoding): void {
  encodeMaxTokens(body, encoding);
  encodeSampling(body, encoding);
  encodeUser(body, encoding);
  encodeCacheKey(body, encoding.context);
  noteLosses(encoding);
}

function encodeMaxTokens(body: ResponsesRequest, { context, losses }: Encoding): void {
  const limit = context.request.max_tokens;
  if (limit === undefined) return;
  const { maxOutputTokensField, minOutputTokens = MIN_OUTPUT_TOKENS } = context.quirks;
  if (maxOutputTokensField === 'none') {
    losses.dropped('max_tokens', 'max_tokens', 'This provider takes no limit on the answer.');
    return;
  }
  body.max_output_tokens = Math.max(limit, minOutputTokens);
  if (limit < minOutputTokens)
    losses.adjusted('max_tokens', 'max_tokens', 'The limit was raised to the least that this provider takes.');
}

function encodeSampling(body: ResponsesRequest, { context, losses }: Encoding): void {
  const { temperature, top_p, top_k, stop_sequences } = context.request;
  const { minTemperature = 0, topK } = context.quirks;
  if (temperature !== undefined) {
    body.temperature = Math.max(temperature, minTemperature);
    if (temperature < minTemperature)
      losses.adjusted(
        'temperature',
        'temperature',
        'The temperature was raised to the least that this provider takes.',
      );
  }
  if (top_p !== undefined) body.top_p = top_p;
  if (top_k !== undefined) {
    if (topK === true) body.top_k = top_k;
    else losses.dropped('top_k', 'top_k', 'The protocol has no such parameter.');
  }
  if (stop_sequences !== undefined && stop_sequences.length > 0)
    losses.dropped('stop_sequences', 'stop_sequences', 'The protocol has no stop sequences.');
}

/** Sends an id that says nothing about the user but is always the same, where the provider has a field for it. */
function encodeUser(body: ResponsesRequest, { context, losses }: Encoding): void {
  const metadata = context.request.metadata ?? {};
  const { userField = 'none' } = context.quirks;
  for (const [field, value] of Object.entries(metadata)) {
    const userId = field === 'user_id' ? textOf(value) : undefined;
    if (userField !== 'none' && userId !== undefined) {
      body[userField] = shortHash(deviceOf(userId), OPAQUE_ID_LENGTH);
      losses.adjusted('metadata.user_id', 'metadata', 'The id of the user was replaced by an opaque one.');
    } else losses.dropped(`metadata.${field}`, 'metadata', 'Metadata about the user stays on this machine.');
  }
}

/** Claude Code writes JSON into this id, of which the session changes and the device stays. */
function deviceOf(userId: string): string {
  const parsed = parseJson(userId);
  return (isJsonObject(parsed) ? textOf(parsed['device_id']) : undefined) ?? userId;
}

function encodeCacheKey(body: ResponsesRequest, { session, quirks }: CodecContext): void {
  if (session === undefined || quirks.promptCacheKey === false) return;
  body.prompt_cache_key = session.length <= CACHE_KEY_MAX_LENGTH ? session : shortHash(session, OPAQUE_ID_LENGTH);
}

function noteLosses({ context, losses }: Encoding): void {
  for (const field of unreadFields(context.request)) losses.dropped(field, field, 'The protocol has no such field.');
  if (context.request.ext !== undefined)
    losses.dropped('ext', 'request_extension', 'Extras of another protocol have no counterpart here.');
}
