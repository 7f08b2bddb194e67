import type { Anthropic } from '@anthropic-ai/sdk';
import type { OpenAI } from 'openai';
import type {
  WireDelta,
  WireErrorBody,
  WireMessage,
  WireModelList,
  WireRequest,
  WireStreamEvent,
  WireTool,
  WireTurn,
} from '@claudex/plugin-protocol-anthropic-messages/wire';
import type {
  ChatCompletion,
  ChatDocumentPart,
  ChatMediaToolMessage,
  ChatMessage,
  ChatRequest,
  ChatThinkingPart,
  ChatTool,
  ChatToolChoice,
} from '@claudex/plugin-protocol-openai-chat/wire';
import type {
  ResponsesFunctionCallOutput,
  ResponsesFunctionTool,
  ResponsesIncludable,
  ResponsesInstructionMessage,
  ResponsesRequest,
  ResponsesTextFormat,
  ResponsesTool,
  ResponsesToolChoice,
  ResponsesUserMessage,
} from '@claudex/plugin-protocol-openai-responses/wire';
import type {
  ResponsesAnswer,
  ResponsesEvent,
  ResponsesItem,
} from '../../plugins/protocol-openai-responses/src/wire-answer.ts';

/** The same type without interfaces, which TypeScript never takes for open objects. */
type Plain<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : Type extends (infer Item)[]
    ? Plain<Item>[]
    : Type extends object
      ? { [Key in keyof Type]: Plain<Type[Key]> }
      : Type;

/** The same type without certain parts of its unions, however deep. */
type Without<Type, Part> = Type extends Part
  ? never
  : Type extends (infer Item)[]
    ? Without<Item, Part>[]
    : Type extends object
      ? { [Key in keyof Type]: Without<Type[Key], Part> }
      : Type;

/** What only other providers of Chat Completions take; quirks keep it from OpenAI. */
type OfOthers = ChatDocumentPart | ChatThinkingPart | ChatMediaToolMessage;

/** Levels of effort and settings of a search are passed on in words that the vendor may not know yet. */
type OpenWords = 'reasoning_effort' | 'web_search_options';

/** Compiles only when the first type is assignable to the second. */
type Fits<_From extends To, To> = true;

/** What the vendors say they send and take is what our codecs expect to read. */
export type Conformance = [
  Fits<Plain<Anthropic.Message>, WireMessage>,
  Fits<Plain<Anthropic.RawMessageStreamEvent>, WireStreamEvent>,
  Fits<Plain<Anthropic.RawContentBlockDelta>, WireDelta>,
  Fits<Plain<Anthropic.ErrorResponse>, WireErrorBody>,
  Fits<Plain<{ data: Anthropic.ModelInfo[] }>, WireModelList>,
  Fits<Plain<Anthropic.MessageCreateParams>, WireRequest>,
  Fits<Plain<Anthropic.MessageParam>, WireTurn>,
  Fits<Plain<Anthropic.ToolUnion>, WireTool>,
  Fits<Plain<OpenAI.ChatCompletion>, ChatCompletion>,
  Fits<Plain<OpenAI.ChatCompletionChunk>, ChatCompletion>,
  // The other way round: what our encoder writes is what the vendor takes.
  Fits<Without<ChatMessage, OfOthers>, OpenAI.ChatCompletionMessageParam>,
  Fits<ChatTool, OpenAI.ChatCompletionFunctionTool>,
  Fits<ChatToolChoice, OpenAI.ChatCompletionToolChoiceOption>,
  Fits<Without<Omit<ChatRequest, OpenWords>, OfOthers> & { stream: true }, OpenAI.ChatCompletionCreateParamsStreaming>,
  // What goes back as the provider gave it, such as reasoning and the caller of a call, is not ours to type.
  Fits<Plain<OpenAI.Responses.Response>, ResponsesAnswer>,
  Fits<Plain<OpenAI.Responses.ResponseStreamEvent>, ResponsesEvent>,
  Fits<Plain<OpenAI.Responses.ResponseOutputItem>, ResponsesItem>,
  Fits<ResponsesInstructionMessage, OpenAI.Responses.ResponseInputItem>,
  Fits<ResponsesUserMessage, OpenAI.Responses.ResponseInputItem>,
  Fits<Omit<ResponsesFunctionCallOutput, 'caller'>, OpenAI.Responses.ResponseInputItem>,
  // Only for other vendors it is left out that a function is not strict.
  Fits<ResponsesFunctionTool & { strict: false }, OpenAI.Responses.Tool>,
  Fits<Exclude<ResponsesTool, ResponsesFunctionTool>, OpenAI.Responses.Tool>,
  // The vendor's types name the older spelling of the search only.
  Fits<
    Exclude<ResponsesToolChoice, { type: 'web_search' }>,
    OpenAI.Responses.ToolChoiceOptions | OpenAI.Responses.ToolChoiceFunction | OpenAI.Responses.ToolChoiceTypes
  >,
  Fits<ResponsesTextFormat, OpenAI.Responses.ResponseFormatTextConfig>,
  Fits<ResponsesIncludable, OpenAI.Responses.ResponseIncludable>,
  Fits<
    Omit<ResponsesRequest, 'input' | 'tools' | 'tool_choice' | 'reasoning'> & { stream: true },
    OpenAI.Responses.ResponseCreateParamsStreaming
  >,
];
