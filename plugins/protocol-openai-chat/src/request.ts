import type { CodecContext, EncodedRequest } from '@claudex/sdk';
import { asksForStream, mendCharacters, withFieldQuirks } from '@claudex/sdk/codec';
import { startEncoding } from './request/encoding.ts';
import { encodeMessages } from './request/messages.ts';
import { encodeParameters } from './request/parameters.ts';
import { offerPlaceholder } from './request/placeholder.ts';
import { encodeTools } from './request/tools.ts';
import type { ChatRequest } from './wire.ts';

/**
 * Writes a canonical request as a Chat Completions body. Never throws on a canonical request, and the same
 * request always gives the same bytes, so that the provider's prompt cache can hit. A conversation that has grown by a
 * turn gives a body whose tools and messages only have grown.
 *
 * Of the quirks the request side knows:
 *
 * - the conversation: `instructionRole`, `midConversationSystem`, `textAfterToolResults`, `toolResultMedia`, `images`,
 *   `imageUrls`, `documents`, `reasoningReplay`, `missingReasoning`, `cacheControl`, `toolCallIdMaxLength`;
 * - tools: `toolNameMaxLength`, `schemaDialect`, `strictSwitch`, `placeholderTool`, `cacheControlOnTools`,
 *   `forcedToolChoice`, `toolChoiceNone`, `parallelToolCalls`, `parallelToolCallsSwitch`, `webSearch` (`options` and
 *   `openrouter-plugin`);
 * - parameters: `maxOutputTokensField`, `minOutputTokens`, `minTemperature`, `topK`, `maxStopSequences`,
 *   `stopSequenceMaxBytes`, `reasoningRequest`, `effortWords`, `templateSwitch`, `responseFormat`, `userField`,
 *   `promptCacheKey`, `storeSwitch`, `streaming`, `streamUsage`, `withTools`, `whileReasoning`, `extraFields`, `omitFields`.
 *
 * The answer side knows `reasoningDetails`, `thinkTags`, `toolCallMarkup` and `toolNameMaxLength`. The others belong to
 * other protocols.
 */
export function encodeRequest(given: CodecContext): EncodedRequest {
  const encoding = startEncoding(given);
  const { context, losses } = encoding;
  const body: ChatRequest = {
    model: context.model,
    messages: [],
    stream: asksForStream(context.request.stream, context.quirks.streaming),
  };
  // The tools come first because they stand first in the prompt, and because messages speak of those left out.
  encodeTools(body, encoding);
  body.messages = encodeMessages(encoding);
  offerPlaceholder(body, encoding);
  encodeParameters(body, encoding);
  encoding.breakpoints.trim();
  const wire = withFieldQuirks(body, context.quirks, losses);
  for (const [field, value] of Object.entries(wire)) wire[field] = mendCharacters(value, field, losses);
  return { body: wire, losses: losses.entries };
}
