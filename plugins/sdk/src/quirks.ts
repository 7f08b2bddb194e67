import type { JsonObject } from './json.ts';

/** How a provider lets its reasoning be asked for; see {@link Quirks.reasoningRequest}. */
export type ReasoningRequest =
  | 'none'
  /** `reasoning_effort: "high"`; in Responses `reasoning.effort`. */
  | 'effort'
  /** `reasoning: { effort }`, or `{ enabled: false }` (OpenRouter, Together). */
  | 'reasoning-object'
  /** `reasoning: { enabled }`, and `reasoning_effort` beside it (Together). */
  | 'reasoning-switch-and-effort'
  /** `thinking: { type: "enabled" | "disabled" }` (Z.ai, MiMo, Kimi K2). */
  | 'thinking-switch'
  /** The switch, and `reasoning_effort` beside it (DeepSeek, Z.ai 5). */
  | 'thinking-switch-and-effort'
  /** `thinking: { type: "enabled", budget_tokens }` (Fireworks). */
  | 'thinking-budget'
  /** `enable_thinking` and `thinking_budget` (Qwen, SiliconFlow). */
  | 'enable-thinking'
  /** `enable_thinking`, and `reasoning_effort` beside it (Qwen 3.8). */
  | 'enable-thinking-and-effort'
  /** `chat_template_kwargs: { enable_thinking }` (vLLM, NVIDIA); see {@link Quirks.templateSwitch}. */
  | 'template-switch';

/** In which field a provider wants its reasoning back; see {@link Quirks.reasoningReplay}. */
export type ReasoningReplay = 'received' | 'reasoning_content' | 'reasoning' | 'reasoning_details' | 'tags' | 'none';

/** What a provider's tool schemas may contain; see {@link Quirks.schemaDialect}. */
export type SchemaDialect = 'full' | 'plain-root' | 'gemini' | 'kimi' | 'strict' | 'grammar';

/** How a provider's own web search is switched on; see {@link Quirks.webSearch}. */
export type WebSearch = 'none' | 'tool' | 'options' | 'openrouter-plugin';

/** What can depend on the request: everything that is applied where a protocol writes it. */
export type ConditionalQuirks = Pick<
  Quirks,
  | 'midConversationSystem'
  | 'textAfterToolResults'
  | 'parallelToolCallsSwitch'
  | 'parallelToolCalls'
  | 'forcedToolChoice'
  | 'toolChoiceNone'
  | 'minOutputTokens'
  | 'minTemperature'
  | 'maxStopSequences'
  | 'responseFormat'
  | 'topK'
  | 'extraFields'
  | 'omitFields'
>;

/**
 * How a provider deviates from its protocol, as data. Each entry is applied at one place, in the protocol
 * plugin; a profile may override single entries. An absent entry means the default named here.
 *
 * The list is the union of what the bundled protocols need: `openai-chat`, `openai-responses`, `google-gemini` and
 * `anthropic-messages` each name the entries they know in their documentation. Where client and provider speak the same
 * protocol, the client's bytes are passed on, and nothing of them changes but what the entries of that protocol say.
 */
export interface Quirks {
  /** Name of the field that limits the answer. Default `max_tokens`; in Responses and Gemini always their own or `none`. */
  readonly maxOutputTokensField?: 'max_tokens' | 'max_completion_tokens' | 'none';
  /** Smallest limit of the answer that is taken, in tokens. Default 1; 16 in Responses. */
  readonly minOutputTokens?: number;
  /** Role of instructions at the front. Default `system`. Responses puts them into `instructions`. */
  readonly instructionRole?: 'system' | 'developer';
  /**
   * What becomes of a system message in the middle of the conversation. `user` (the default) turns it into
   * tagged user text, because many chat templates refuse a later system message; `keep` leaves the role (the default
   * of Messages, and of Responses, where the role is `developer`).
   */
  readonly midConversationSystem?: 'user' | 'keep';
  /** Whether `instructions` is sent although there are none (Responses). Default false. */
  readonly emptyInstructions?: boolean;
  /**
   * Where user text goes that follows tool results. `message` (the default): a user message of its own. `append`: the
   * last tool message, for providers that refuse a user message there or drop their reasoning for it.
   */
  readonly textAfterToolResults?: 'message' | 'append';
  /**
   * Where pictures and files in tool results go. `message` (the default): into a user message behind the results, because
   * most servers take nothing but text from a tool. `inline` (the default of Responses, and of Gemini from version 3 on):
   * they stay in the result.
   */
  readonly toolResultMedia?: 'message' | 'inline';
  /** Whether to ask for usage at the end of a stream (`stream_options.include_usage`). Default true. */
  readonly streamUsage?: boolean;
  /** `only`: every call is streamed, also for clients that want the answer whole. Default `both`. */
  readonly streaming?: 'both' | 'only' | 'never';
  /** Whether the model takes pictures. When false they are replaced by a visible note. Default true. */
  readonly images?: boolean;
  /** Whether a picture may be given by its address. When false a visible note replaces it. Default true. */
  readonly imageUrls?: boolean;
  /**
   * How a PDF is sent. `file`: as `file` with `file_data` (OpenAI, OpenRouter); `document_url`: as a data URI (Mistral);
   * `none` (the default in Chat): replaced by a visible note. Responses sends `input_file`, and Messages the document as
   * it is, unless this is `none`.
   */
  readonly documents?: 'file' | 'document_url' | 'none';
  /** Whether `parallel_tool_calls` may be sent. Default true. */
  readonly parallelToolCallsSwitch?: boolean;
  /** False when parallel calls must be switched off in every request with tools. Default true. */
  readonly parallelToolCalls?: boolean;
  /** Whether the model can be made to call a tool; when false, `any` and a named tool become `auto`. Default true. */
  readonly forcedToolChoice?: boolean;
  /** Whether `tool_choice: none` is taken; when false, such a request is sent without its tools. Default true. */
  readonly toolChoiceNone?: boolean;
  /**
   * Whether a tool that does nothing is offered where the conversation has calls and the request no tools, for servers that
   * refuse it otherwise. Default false.
   */
  readonly placeholderTool?: boolean;
  /** Whether every function says `strict: false`. Default false; true in Responses, where silence means true. */
  readonly strictSwitch?: boolean;
  /** Longest tool name taken. Default 64. */
  readonly toolNameMaxLength?: number;
  /**
   * Longest tool-call id taken. Default 64. A limit of 9 or less means exactly that many letters and digits. Messages
   * changes no id unless this or `signedThinking` is set.
   */
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
  /** Words on the wire for levels of effort that are spelled differently, e.g. `{ none: 'off' }`. Default none. */
  readonly effortWords?: { readonly [effort: string]: string };
  /** Name of the switch in `chat_template_kwargs`, where that is used. Default `enable_thinking`. */
  readonly templateSwitch?: string;
  /** In which field reasoning goes back. Default `received`: in the field in which it came. */
  readonly reasoningReplay?: ReasoningReplay;
  /**
   * What stands in place of reasoning that was lost on an assistant message with calls: nothing (`omit`, the default) or
   * an empty text (`empty`), for providers that refuse the message without the field. `always`: an empty text on messages
   * without calls, too.
   */
  readonly missingReasoning?: 'omit' | 'empty' | 'always';
  /** Whether each chunk repeats all of `reasoning_details` so far. Default `deltas`. */
  readonly reasoningDetails?: 'deltas' | 'snapshots';
  /**
   * Whether reasoning can stand in think tags at the start of the text; `opening-omitted` where the chat template swallows
   * the opening tag, so that every text begins as reasoning. Default false.
   */
  readonly thinkTags?: boolean | 'opening-omitted';
  /** Whether the model is known to print tool calls as text, which are then recovered. Default false. */
  readonly toolCallMarkup?: boolean;
  /** Whether `prompt_cache_key` is sent, made of the client's session. Default false; true in Responses. */
  readonly promptCacheKey?: boolean;
  /** Whether `store: false` is sent, so that the provider keeps nothing. Default false; true in Responses. */
  readonly storeSwitch?: boolean;
  /** Whether the client's cache breakpoints are sent as `cache_control` on parts and tools. Default false. */
  readonly cacheControl?: boolean;
  /** Whether `top_k` may be sent. Default false; true in Gemini. */
  readonly topK?: boolean;
  /** Smallest temperature taken; lower ones are raised to it. Default 0. */
  readonly minTemperature?: number;
  /** Most stop sequences taken. Default 4, 5 in Gemini; 0 when the provider takes none. */
  readonly maxStopSequences?: number;
  /** Longest stop sequence taken, in bytes; longer ones are left out. Default: no limit. */
  readonly stopSequenceMaxBytes?: number;
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
  /** Whether tools may carry `cache_control`. Default true. */
  readonly cacheControlOnTools?: boolean;
  /** Values of `thinking.type` that are taken (Messages); another one becomes the nearest of them. Default: all. */
  readonly thinkingTypes?: readonly ('adaptive' | 'enabled' | 'disabled')[];
  /**
   * Whether reasoning comes back only as the vendor signed it, as Claude's own models want it wherever they are hosted
   * (Messages). Default false, true for Anthropic itself.
   */
  readonly signedThinking?: boolean;
  /**
   * Entries that hold only for requests with tools, e.g. `{ extraFields: { tool_stream: true } }`. What is a table or a
   * list is added to the entry of the same name, anything else takes its place.
   */
  readonly withTools?: ConditionalQuirks;
  /**
   * As `withTools`, for requests in which the model is asked to reason or cannot do without, e.g.
   * `{ omitFields: ['temperature'] }`.
   */
  readonly whileReasoning?: ConditionalQuirks;
  /** Top-level fields that are put into every request, under their name on the wire. Tables become one. Default none. */
  readonly extraFields?: JsonObject;
  /**
   * Top-level fields that must not be sent, under their name on the wire; in Gemini also fields inside, by a path with
   * dots. Default none.
   */
  readonly omitFields?: readonly string[];
}
