import { isJsonObject, type CodecContext, type EncodedRequest, type JsonObject } from '@claudex/sdk';
import { asksForStream, mendCharacters, type LossLog } from '@claudex/sdk/codec';
import { startEncoding } from './request/encoding.ts';
import { encodeMessages } from './request/messages.ts';
import { encodeParameters } from './request/parameters.ts';
import { encodeTools } from './request/tools.ts';
import type { ChatRequest } from './wire.ts';

/** Fields that providers refuse when the one they belong to is left out. */
const COMPANIONS: { readonly [field: string]: readonly string[] } = {
  tools: ['tool_choice', 'parallel_tool_calls'],
};

/**
 * Writes a canonical request as a Chat Completions body. Never throws on a canonical request, and the same
 * request always gives the same bytes, so that the provider's prompt cache can hit. A conversation that has grown by a
 * turn gives a body whose tools and messages only have grown.
 *
 * Of the quirks the request side knows `maxOutputTokensField`, `minOutputTokens`, `instructionRole`,
 * `midConversationSystem`, `textAfterToolResults`, `streamUsage`, `streaming`, `images`, `documents`,
 * `parallelToolCallsSwitch`, `parallelToolCalls`, `forcedToolChoice`, `toolNameMaxLength`, `toolCallIdMaxLength`,
 * `schemaDialect`, `reasoningRequest`, `reasoningReplay`, `missingReasoning`, `promptCacheKey`, `cacheControl`, `topK`,
 * `minTemperature`, `maxStopSequences`, `responseFormat`, `userField`, `webSearch` (`options` and `openrouter-plugin`),
 * `extraFields` and `omitFields`. The answer side knows `reasoningDetails`, `thinkTags`, `toolCallMarkup` and
 * `toolNameMaxLength`. `toolsPlacement` and `encryptedReasoning` belong to Responses.
 */
export function encodeRequest(context: CodecContext): EncodedRequest {
  const encoding = startEncoding(context);
  const body: ChatRequest = {
    model: context.model,
    messages: [],
    stream: asksForStream(context.request.stream, context.quirks.streaming),
  };
  // The tools come first because they stand first in the prompt, and because messages speak of those left out.
  encodeTools(body, encoding);
  body.messages = encodeMessages(encoding);
  encodeParameters(body, encoding);
  encoding.breakpoints.trim();
  const wire: JsonObject = body;
  const { omitFields = [], extraFields = {} } = context.quirks;
  omit(wire, omitFields, encoding.losses);
  extend(wire, extraFields, omitFields);
  for (const [field, value] of Object.entries(wire)) wire[field] = mendCharacters(value, field, encoding.losses);
  return { body: wire, losses: encoding.losses.entries };
}

function omit(body: JsonObject, fields: readonly string[], losses: LossLog): void {
  for (const field of fields) {
    if (!(field in body)) continue;
    for (const companion of COMPANIONS[field] ?? []) Reflect.deleteProperty(body, companion);
    Reflect.deleteProperty(body, field);
    losses.dropped(field, field, 'This provider refuses the field.');
  }
}

/** Adds what the profile or provider asks for. Two objects become one, so that a switch can be refined. */
function extend(body: JsonObject, fields: JsonObject, omitted: readonly string[]): void {
  for (const [field, value] of Object.entries(fields)) {
    if (omitted.includes(field)) continue;
    const written = body[field];
    body[field] = isJsonObject(written) && isJsonObject(value) ? { ...written, ...value } : value;
  }
}
