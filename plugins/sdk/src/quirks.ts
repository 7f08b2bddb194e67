import type { JsonObject } from './json.ts';

/** How a provider lets its reasoning be asked for; see {@link Quirks.reasoningRequest}. */
export type ReasoningRequest =
  | 'none'
  /** `reasoning_effort: "high"`; in Responses `reasoning.effort`. */
  | 'effort'
  /** `reasoning: { effort }`, or `{ enabled: false }` (OpenRouter, Together). */
  | 'reasoning-object'
  /** `thinking: { type: "enabled" | "disabled" }` (Z.ai, MiMo, Kimi K2). */
  | 'thinking-switch'
  /** The switch, and `reasoning_effort` beside it (DeepSeek, Z.ai 5). */
  | 'thinking-switch-and-effort'
  /** `thinking: { type: "enabled", budget_tokens }` (Fireworks). */
  | 'thinking-budget'
  /** `enable_thinking` and `thinking_budget` (Qwen, SiliconFlow). */
  | 'enable-thinking'
  /** `chat_template_kwargs: { enable_thinking }` (vLLM, NVIDIA). */
  | 'template-switch';

/** In which field a provider wants its reasoning back; see {@link Quirks.reasoningReplay}. */
export type ReasoningReplay = 'received' | 'reasoning_content' | 'reasoning' | 'reasoning_details' | 'tags' | 'none';

/** What a provider's tool schemas may contain; see {@link Quirks.schemaDialect}. */
export type SchemaDialect = 'full' | 'plain-root' | 'gemini' | 'kimi' | 'strict' | 'grammar';

/** How a provider's own web search is switched on; see {@link Quirks.webSearch}. */
export type WebSearch = 'none' | 'tool' | 'options' | 'openrouter-plugin';

/**
 * How a provider deviates from its protocol, as data. Each entry is applied at one place, in the protocol
 * plugin; a profile may override single entries. An absent entry means the default named here.
 *
 * The list is the union of what the bundled protocols need: `openai-chat` and `openai-responses` each name the entries
 * they know in their documentation, `anthropic-messages` knows `images` and `omitFields`. Where client and provider
 * speak the same protocol, the client's bytes are passed on and only `omitFields` is honoured.
 */
export interface Quirks {
  /** Name of the field that limits the answer. Default `max_tokens`; in Responses always `max_output_tokens` or `none`. */
  readonly maxOutputTokensField?: 'max_tokens' | 'max_completion_tokens' | 'none';
  /** Smallest limit of the answer that is taken, in tokens. Default 1; 16 in Responses. */
  readonly minOutputTokens?: number;
  /** Role of instructions at the front. Default `system`. Responses puts them into `instructions`. */
  readonly instructionRole?: 'system' | 'developer';
  /**
   * What becomes of a system message in the middle of the conversation. `user` (the default) turns it into
   * tagged user text, because many chat templates refuse a later system message; `keep` leaves the role (the default
   * of Responses, where the role is `developer`).
   */
  readonly midConversationSystem?: 'user' | 'keep';
  /**
   * Where user text goes that follows tool results. `message` (the default): a user message of its own. `append`: the
   * last tool message, for providers that refuse a user message there or drop their reasoning for it.
   */
  readonly textAfterToolResults?: 'message' | 'append';
  /** Whether to ask for usage at the end of a stream (`stream_options.include_usage`). Default true. */
  readonly streamUsage?: boolean;
  /** `only`: every call is streamed, also for clients that want the answer whole. Default `both`. */
  readonly streaming?: 'both' | 'only' | 'never';
  /** Whether the model takes pictures. When false they are replaced by a visible note. Default true. */
  readonly images?: boolean;
  /**
   * How a PDF is sent. `file`: as `file` with `file_data` (OpenAI, OpenRouter); `document_url`: as a data URI (Mistral);
   * `none` (the default in Chat): replaced by a visible note. Responses sends `input_file` unless this is `none`.
   */
  readonly documents?: 'file' | 'document_url' | 'none';
  /** Whether `parallel_tool_calls` may be sent. Default true. */
  readonly parallelToolCallsSwitch?: boolean;
  /** False when parallel calls must be switched off in every request with tools. Default true. */
  readonly parallelToolCalls?: boolean;
  /** Whether the model can be made to call a tool; when false, `any` and a named tool become `auto`. Default true. */
  readonly forcedToolChoice?: boolean;
  /** Longest tool name taken. Default 64. */
  readonly toolNameMaxLength?: number;
  /** Longest tool-call id taken. Default 64. A limit of 9 or less means exactly that many letters and digits. */
  readonly toolCallIdMaxLength?: number;
  /**
   * What the schemas of tools may contain. `plain-root` (the default): the root is a plain object, the rest is passed
   * on. `full`: passed on as it is. `gemini`, `kimi`, `strict`, `grammar`: cut down as those servers need it.
   */
  readonly schemaDialect?: SchemaDialect;
  /** Where a protocol puts the list of tools. `input` sends it as an `additional_tools` item of Responses. Default `top`. */
  readonly toolsPlacement?: 'top' | 'input';
  /**
   * How reasoning is asked for. Default `effort`, limited to what is known of the model
   * ({@link ModelFacts.reasoning}).
   */
  readonly reasoningRequest?: ReasoningRequest;
  /** In which field reasoning goes back. Default `received`: in the field in which it came. */
  readonly reasoningReplay?: ReasoningReplay;
  /**
   * What stands in place of reasoning that was lost on an assistant message with calls: nothing (`omit`, the default) or
   * an empty text (`empty`), for providers that refuse the message without the field.
   */
  readonly missingReasoning?: 'omit' | 'empty';
  /** Whether each chunk repeats all of `reasoning_details` so far. Default `deltas`. */
  readonly reasoningDetails?: 'deltas' | 'snapshots';
  /** Whether reasoning can stand in think tags at the start of the text. Default false. */
  readonly thinkTags?: boolean;
  /** Whether the model is known to print tool calls as text, which are then recovered. Default false. */
  readonly toolCallMarkup?: boolean;
  /** Whether `prompt_cache_key` is sent, made of the client's session. Default false; true in Responses. */
  readonly promptCacheKey?: boolean;
  /** Whether the client's cache breakpoints are sent as `cache_control` on parts and tools. Default false. */
  readonly cacheControl?: boolean;
  /** Whether `top_k` may be sent. Default false. */
  readonly topK?: boolean;
  /** Smallest temperature taken; lower ones are raised to it. Default 0. */
  readonly minTemperature?: number;
  /** Most stop sequences taken. Default 4; 0 when the provider takes none. */
  readonly maxStopSequences?: number;
  /** How a JSON schema for the answer is sent. `json_object` puts the schema into the instructions. Default `json_schema`. */
  readonly responseFormat?: 'json_schema' | 'json_object' | 'none';
  /** Field that takes an opaque id of the user. Default `none`: it stays on this machine. */
  readonly userField?: 'user' | 'safety_identifier' | 'none';
  /** How the provider's own web search is switched on. Default `none`. */
  readonly webSearch?: WebSearch;
  /** Whether encrypted reasoning is asked for and handed back (Responses). Default true. */
  readonly encryptedReasoning?: boolean;
  /** Values of the header `anthropic-beta` that are passed on (Messages). Default: all. */
  readonly betas?: readonly string[];
  /** Header that takes the opaque name of the client's session, lower-case. Default none. */
  readonly sessionHeader?: string;
  /** Whether tools that the server runs itself, such as `web_search`, are taken (Messages). Default true. */
  readonly serverTools?: boolean;
  /** Whether tools may carry `cache_control` (Messages). Default true. */
  readonly cacheControlOnTools?: boolean;
  /** Values of `thinking.type` that are taken (Messages); another one becomes the nearest of them. Default: all. */
  readonly thinkingTypes?: readonly ('adaptive' | 'enabled' | 'disabled')[];
  /**
   * Whether reasoning comes back only as the vendor signed it, as Claude's own models want it wherever they are hosted
   * (Messages). Default false, true for Anthropic itself.
   */
  readonly signedThinking?: boolean;
  /** Top-level fields that are put into every request, under their name on the wire. Default none. */
  readonly extraFields?: JsonObject;
  /** Top-level fields that must not be sent, under their name on the wire. Default none. */
  readonly omitFields?: readonly string[];
}
