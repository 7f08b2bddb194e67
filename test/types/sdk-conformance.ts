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
  ChatMessage,
  ChatRequest,
  ChatTool,
  ChatToolChoice,
} from '@claudex/plugin-protocol-openai-chat/wire';

/** The same type without interfaces, which TypeScript never takes for open objects. */
type Plain<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : Type extends (infer Item)[]
    ? Plain<Item>[]
    : Type extends object
      ? { [Key in keyof Type]: Plain<Type[Key]> }
      : Type;

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
  Fits<ChatMessage, OpenAI.ChatCompletionMessageParam>,
  Fits<ChatTool, OpenAI.ChatCompletionFunctionTool>,
  Fits<ChatToolChoice, OpenAI.ChatCompletionToolChoiceOption>,
  Fits<ChatRequest, OpenAI.ChatCompletionCreateParams>,
];
