import type { CacheControl, ContentBlock, TextBlock } from './blocks.ts';
import type { Extensions, Json, JsonObject } from './json.ts';

/** One turn of a conversation. `system` occurs inside the list too: current clients send it there. */
export interface Message {
  role: 'user' | 'assistant' | 'system';
  content: ContentBlock[];
  ext?: Extensions;
}

/** A function the client offers to the model. */
export interface ClientTool {
  kind: 'client';
  name: string;
  description?: string;
  /** JSON Schema of the arguments, as the client wrote it. */
  input_schema: JsonObject;
  /** Not shown to the model until a `tool_reference` names it. */
  defer_loading?: boolean;
  cache_control?: CacheControl;
  ext?: Extensions;
}

/** A tool that the provider is asked to run itself; `type` is the dated wire type. */
export interface ServerTool {
  kind: 'server';
  type: string;
  name: string;
  /** The whole declaration as the client sent it. */
  declaration: JsonObject;
}

/** Anything in the client's tool list. */
export type Tool = ClientTool | ServerTool;

/** Which tool the model may or must call. */
export type ToolChoice =
  | { type: 'auto'; disable_parallel_tool_use?: boolean }
  | { type: 'any'; disable_parallel_tool_use?: boolean }
  | { type: 'tool'; name: string; disable_parallel_tool_use?: boolean }
  | { type: 'none' };

/** How much the model may reason. `budget_tokens` counts tokens. */
export type Thinking =
  | { type: 'enabled'; budget_tokens: number; display?: string }
  | { type: 'adaptive'; display?: string }
  | { type: 'disabled' };

/** Shape and effort of the answer. */
export interface OutputConfig {
  /** `low`, `medium`, `high`, `xhigh`, `max`, or a value not known yet. */
  effort?: string;
  /** A JSON Schema the answer must satisfy. */
  format?: JsonObject;
}

/** What the client's headers add to the meaning of its request. */
export interface ClientDialect {
  /** `anthropic-version`, e.g. `2023-06-01`. */
  version?: string;
  /** `anthropic-beta` split at commas; an open list. */
  betas: readonly string[];
}

/**
 * A request in the canonical form: the shape of Anthropic Messages, with every string content turned
 * into blocks. Field names are Anthropic's own, so that the client side of the hub is close to identity.
 */
export interface CanonicalRequest {
  /** The model as the client named it; the upstream's name is in {@link CodecContext}. */
  model: string;
  messages: Message[];
  system: TextBlock[];
  /** Upper limit of the answer in tokens. */
  max_tokens?: number;
  tools: Tool[];
  tool_choice?: ToolChoice;
  thinking?: Thinking;
  output_config?: OutputConfig;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop_sequences?: string[];
  metadata?: JsonObject;
  stream: boolean;
  client: ClientDialect;
  /** Top-level fields that the canonical form does not model, as they came. */
  other: { [field: string]: Json };
  ext?: Extensions;
}
