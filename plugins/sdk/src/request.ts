import type { CacheControl, ContentBlock, TextBlock } from './blocks.ts';
import type { Extensions, Json, JsonObject } from './json.ts';

/** One turn of a conversation. `system` occurs inside the list too: current clients send it there. */
export interface Message {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: readonly ContentBlock[];
  /** Effort from this turn on; clients put it on a system message. */
  readonly output_config?: OutputConfig;
  readonly ext?: Extensions;
}

/** A function the client offers to the model. */
export interface ClientTool {
  readonly kind: 'client';
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments, as the client wrote it. */
  readonly input_schema: JsonObject;
  /** Not shown to the model until a `tool_reference` names it. */
  readonly defer_loading?: boolean;
  readonly cache_control?: CacheControl;
  readonly ext?: Extensions;
}

/** A tool that the provider is asked to run itself; `type` is the dated wire type. */
export interface ServerTool {
  readonly kind: 'server';
  readonly type: string;
  readonly name: string;
  /** The whole declaration as the client sent it. */
  readonly declaration: JsonObject;
}

/** Anything in the client's tool list. */
export type Tool = ClientTool | ServerTool;

/** Which tool the model may or must call. */
export type ToolChoice =
  | { readonly type: 'auto'; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'any'; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'tool'; readonly name: string; readonly disable_parallel_tool_use?: boolean }
  | { readonly type: 'none' };

/** How much the model may reason. `budget_tokens` counts tokens. */
export type Thinking =
  | { readonly type: 'enabled'; readonly budget_tokens: number; readonly display?: string }
  | { readonly type: 'adaptive'; readonly display?: string }
  | { readonly type: 'disabled' };

/** Shape and effort of the answer. */
export interface OutputConfig {
  /** `low`, `medium`, `high`, `xhigh`, `max`, or a value not known yet. */
  readonly effort?: string;
  /** A JSON Schema the answer must satisfy. */
  readonly format?: JsonObject;
}

/** What the client's headers add to the meaning of its request. */
export interface ClientDialect {
  /** `anthropic-version`, e.g. `2023-06-01`. */
  readonly version?: string;
  /** `anthropic-beta` split at commas; an open list. */
  readonly betas: readonly string[];
}

/**
 * A request in the canonical form: the shape of Anthropic Messages, with every string content turned
 * into blocks. Field names are Anthropic's own, so that the client side of the hub is close to identity.
 */
export interface CanonicalRequest {
  /** The model as the client named it; the upstream's name is in {@link CodecContext}. */
  readonly model: string;
  readonly messages: readonly Message[];
  readonly system: readonly TextBlock[];
  /** Upper limit of the answer in tokens. */
  readonly max_tokens?: number;
  readonly tools: readonly Tool[];
  readonly tool_choice?: ToolChoice;
  readonly thinking?: Thinking;
  readonly output_config?: OutputConfig;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
  readonly stop_sequences?: readonly string[];
  readonly metadata?: JsonObject;
  readonly stream: boolean;
  readonly client: ClientDialect;
  /** Top-level fields that the canonical form does not model, as they came. */
  readonly other: { readonly [field: string]: Json };
  readonly ext?: Extensions;
}
