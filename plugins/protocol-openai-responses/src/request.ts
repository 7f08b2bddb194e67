import type { CodecContext, EncodedRequest, JsonObject } from '@claudex/sdk';
import { asksForStream, mendCharacters, readConversation, withFieldQuirks } from '@claudex/sdk/codec';
import { startEncoding, type Encoding } from './request/encoding.ts';
import { encodeInput, instructionMessage, instructionText } from './request/input.ts';
import { encodeOutputFormat } from './request/output-format.ts';
import { encodeParameters } from './request/parameters.ts';
import { encodeReasoning, isWithoutReasoning, replaysReasoning } from './request/reasoning.ts';
import { encodeToolChoice } from './request/tool-choice.ts';
import { offerPlaceholder, placeTools } from './request/place-tools.ts';
import { encodeTools } from './request/tools.ts';
import { hasWebSearch } from './request/web-search.ts';
import type { ResponsesIncludable, ResponsesRequest, ResponsesTool } from './wire.ts';

/**
 * Writes a canonical request as a Responses body. Never throws on a canonical request. Nothing is kept at the provider, so
 * the whole conversation is sent each time, without ids of items. The same request gives the same bytes, and a
 * conversation that has grown begins with the items it had before, so that the provider's prompt cache can hit.
 *
 * Of the quirks these are known:
 *
 * - the conversation: `emptyInstructions`, `instructionRole` (set, the instructions become the first message under that
 *   role, for servers without a field `instructions`, and later ones take that role, too), `midConversationSystem` (default
 *   `keep`), `textAfterToolResults`, `toolResultMedia` (default `inline`), `images`, `imageUrls`, `documents` (`none`, or
 *   else `input_file`), `encryptedReasoning`, `reasoningReplay` (`none`, or else the item as it was),
 *   `toolCallIdMaxLength`;
 * - tools: `toolNameMaxLength`, `schemaDialect`, `strictSwitch` (default true), `toolsPlacement`, `placeholderTool`,
 *   `forcedToolChoice`, `toolChoiceNone`, `parallelToolCalls`, `parallelToolCallsSwitch`, `webSearch` (`tool`, or else
 *   none);
 * - parameters: `maxOutputTokensField` (`none`, or else `max_output_tokens`), `minOutputTokens` (default 16),
 *   `minTemperature`, `topK`, `reasoningRequest` (`none`, or else `effort`), `effortWords`,
 *   `responseFormat`, `userField`, `promptCacheKey` (default true), `storeSwitch` (default true), `streaming`, `withTools`,
 *   `whileReasoning`, `extraFields`, `omitFields`.
 *
 * The others concern answers (`thinkTags`, `toolCallMarkup`) or fields this protocol does not have: usage comes without
 * asking (`streamUsage`), caching has no breakpoints (`cacheControl`), stop sequences do not exist (`maxStopSequences`),
 * and reasoning is an item of its own (`missingReasoning`, `reasoningDetails`).
 */
export function encodeRequest(given: CodecContext): EncodedRequest {
  const encoding = startEncoding(given);
  const { context, losses } = encoding;
  const tools = encodeTools(encoding);
  const body = encodeConversation(tools, encoding);
  encodeToolChoice(body, tools, encoding);
  if (tools.length === 0) offerPlaceholder(body, encoding);
  encodeReasoning(body, encoding);
  encodeInclude(body, tools, context);
  encodeParameters(body, encoding);
  const wire = withFieldQuirks(mendCharacters<JsonObject>(body, 'messages', losses), context.quirks, losses);
  return { body: wire, losses: losses.entries };
}

/** Everything the model reads: instructions, tools and the turns so far. */
function encodeConversation(tools: ResponsesTool[], encoding: Encoding): ResponsesRequest {
  const { request, quirks, model } = encoding.context;
  const { instructions, turns } = readConversation(request, encoding.losses);
  const { format, instruction } = encodeOutputFormat(encoding);
  const front = instructions.map((one) => instructionText(one, encoding));
  if (instruction !== undefined) front.push(instruction);
  const input = encodeInput(turns, encoding);
  const body: ResponsesRequest = {
    model,
    input,
    stream: asksForStream(request.stream, quirks.streaming),
    ...(quirks.storeSwitch !== false && { store: false }),
  };
  if (front.length > 0) {
    if (quirks.instructionRole === undefined) body.instructions = front.join('\n\n');
    else input.unshift(instructionMessage(front.join('\n\n'), encoding));
  }
  if (quirks.emptyInstructions === true) body.instructions ??= '';
  if (format !== undefined) body.text = { format };
  if (tools.length > 0) placeTools(body, tools, encoding);
  return body;
}

function encodeInclude(body: ResponsesRequest, tools: readonly ResponsesTool[], context: CodecContext): void {
  const include: ResponsesIncludable[] = [];
  if (replaysReasoning(context) && !isWithoutReasoning(context)) include.push('reasoning.encrypted_content');
  if (hasWebSearch(tools)) include.push('web_search_call.action.sources');
  if (include.length > 0) body.include = include;
}
