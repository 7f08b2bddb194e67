import type { JsonObject } from '@claudex/sdk';

/*
 * Chat Completions as it is met in the wild: only the fields that are read or written here, every object
 * open, and everything a provider supplies optional, because no two providers agree.
 */

/** Where a prefix ends that the provider may cache; of use at the few providers that ask for it. */
export type ChatCacheControl = { type: 'ephemeral'; ttl?: '5m' | '1h' };

/** A piece of text in a message. */
export type ChatTextPart = { type: 'text'; text: string; cache_control?: ChatCacheControl };

/** A picture in a user message; `url` may be a data URI. */
export type ChatImagePart = { type: 'image_url'; image_url: { url: string }; cache_control?: ChatCacheControl };

/** A document in a user message as OpenAI and OpenRouter take it; `file_data` is a data URI. */
export type ChatFilePart = { type: 'file'; file: { filename: string; file_data: string } };

/** A document in a user message as Mistral takes it; `document_url` may be a data URI. */
export type ChatDocumentPart = { type: 'document_url'; document_url: string; document_name?: string };

/** What a user message is made of. */
export type ChatPart = ChatTextPart | ChatImagePart | ChatFilePart | ChatDocumentPart;

/** Reasoning of an earlier turn among the text of the assistant (Mistral). */
export type ChatThinkingPart = { type: 'thinking'; thinking: ChatTextPart[] };

/** A tool call of the assistant; `arguments` is JSON in a string. `extra_content` is Gemini's thought signature. */
export type ChatToolCall = {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
  extra_content?: JsonObject;
};

/** Instructions, at the front or, where the provider takes them there, later. */
export type ChatInstructionMessage = { role: 'system' | 'developer'; content: string | ChatTextPart[] };

/** What the user said. */
export type ChatUserMessage = { role: 'user'; content: string | ChatPart[] };

/** What the model said. `content` is null only beside tool calls, and empty only beside reasoning. */
export type ChatAssistantMessage = {
  role: 'assistant';
  content: string | (ChatTextPart | ChatThinkingPart)[] | null;
  tool_calls?: ChatToolCall[];
  reasoning_content?: string;
  reasoning?: string;
  reasoning_text?: string;
  reasoning_opaque?: string;
  reasoning_details?: JsonObject[];
};

/** What a tool answered. */
export type ChatToolMessage = { role: 'tool'; tool_call_id: string; content: string | ChatTextPart[] };

/** What a tool answered, with pictures and documents, which only some providers take. */
export type ChatMediaToolMessage = { role: 'tool'; tool_call_id: string; content: ChatPart[] };

/** A message as it is sent. */
export type ChatMessage =
  | ChatInstructionMessage
  | ChatUserMessage
  | ChatAssistantMessage
  | ChatToolMessage
  | ChatMediaToolMessage;

/** A function offered to the model. */
export type ChatTool = {
  type: 'function';
  function: { name: string; description?: string; parameters: JsonObject; strict?: false };
  cache_control?: ChatCacheControl;
};

/** Which function the model may or must call. */
export type ChatToolChoice = 'auto' | 'none' | 'required' | { type: 'function'; function: { name: string } };

/** The body of a request. */
export type ChatRequest = {
  model: string;
  messages: ChatMessage[];
  tools?: ChatTool[];
  tool_choice?: ChatToolChoice;
  parallel_tool_calls?: boolean;
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop?: string[];
  reasoning_effort?: string;
  /** OpenRouter, Together, which have `reasoning_effort` beside the switch. */
  reasoning?: { effort: string } | { enabled: boolean };
  /** Z.ai, Kimi, DeepSeek, Fireworks. */
  thinking?: { type: 'enabled' | 'disabled'; budget_tokens?: number };
  /** Qwen, SiliconFlow. */
  enable_thinking?: boolean;
  thinking_budget?: number;
  /** vLLM, NVIDIA; the name of the switch depends on the model. */
  chat_template_kwargs?: { [name: string]: boolean };
  response_format?:
    | { type: 'json_schema'; json_schema: { name: string; schema: JsonObject } }
    | { type: 'json_object' };
  web_search_options?: JsonObject;
  /** OpenRouter. */
  plugins?: JsonObject[];
  prompt_cache_key?: string;
  store?: false;
  user?: string;
  safety_identifier?: string;
  stream: boolean;
  stream_options?: { include_usage: boolean };
};

/** Token counts of an answer. Where cached tokens stand differs between providers. */
export interface ChatUsage {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  total_tokens?: unknown;
  prompt_tokens_details?: {
    cached_tokens?: unknown;
    cache_write_tokens?: unknown;
    cache_creation_input_tokens?: unknown;
  } | null;
  /** Mistral's spelling. */
  prompt_token_details?: { cached_tokens?: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: unknown } | null;
  prompt_cache_hit_tokens?: unknown;
  cached_tokens?: unknown;
  num_cached_tokens?: unknown;
  cache_read_input_tokens?: unknown;
  cache_creation_input_tokens?: unknown;
  reasoning_tokens?: unknown;
  [field: string]: unknown;
}

/** One piece of a content array; Mistral puts its reasoning there. */
export interface ChatContentPart {
  type?: string;
  text?: unknown;
  thinking?: unknown;
  [field: string]: unknown;
}

/** A function call as a provider spells it; `arguments` should be a string and is sometimes an object or null. */
export interface ChatFunction {
  name?: string | null;
  arguments?: unknown;
}

/** A tool call of an answer, or a fragment of one in a stream. */
export interface ChatToolCallPiece {
  index?: number | string | null;
  id?: string | null;
  type?: string | null;
  function?: ChatFunction | null;
  [field: string]: unknown;
}

/** One entry of `reasoning_details`. */
export interface ChatReasoningDetail {
  type?: string;
  text?: unknown;
  summary?: unknown;
  data?: unknown;
  signature?: unknown;
  [field: string]: unknown;
}

/** A message of an answer, or what a stream adds to it. */
export interface ChatAnswer {
  role?: string | null;
  content?: string | (ChatContentPart | string)[] | null;
  refusal?: string | null;
  tool_calls?: (ChatToolCallPiece | null)[] | null;
  /** The way functions were called before `tool_calls`. */
  function_call?: ChatFunction | null;
  reasoning_content?: unknown;
  reasoning?: unknown;
  /** Copilot's spelling. */
  reasoning_text?: unknown;
  reasoning_opaque?: unknown;
  reasoning_details?: (ChatReasoningDetail | null)[] | null;
  annotations?: unknown;
  images?: unknown;
  audio?: unknown;
  executed_tools?: unknown;
  [field: string]: unknown;
}

/** One of the answers; only the first is of interest. */
export interface ChatChoice {
  index?: number | string | null;
  delta?: ChatAnswer | null;
  message?: ChatAnswer | null;
  finish_reason?: string | null;
  /** vLLM: the stop string that matched. */
  stop_reason?: unknown;
  /** SGLang: the same. */
  matched_stop?: unknown;
  usage?: ChatUsage | null;
  error?: unknown;
  [field: string]: unknown;
}

/** A complete answer, or one event of a streamed one. */
export interface ChatCompletion {
  id?: string;
  model?: string;
  choices?: (ChatChoice | null)[] | null;
  usage?: ChatUsage | null;
  error?: unknown;
  /** llama.cpp, which does not say in `usage` what its cache gave. */
  timings?: { cache_n?: unknown } | null;
  x_groq?: { usage?: ChatUsage | null; error?: unknown } | null;
  citations?: unknown;
  search_results?: unknown;
  base_resp?: { status_code?: unknown; status_msg?: unknown } | null;
  [field: string]: unknown;
}
