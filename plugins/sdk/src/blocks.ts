import type { Extensions, Json, JsonObject } from './json.ts';

/** Marks the end of a prefix the provider may cache. `ttl` is `5m` or `1h`; absent means `5m`. */
export interface CacheControl {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

interface BlockBase {
  cache_control?: CacheControl;
  ext?: Extensions;
}

/** Plain text. `citations` are kept as the protocol delivered them. */
export interface TextBlock extends BlockBase {
  type: 'text';
  text: string;
  citations?: JsonObject[];
}

/** Where an image or a document comes from. `data` is base64 for `base64`, plain text for `text`. */
export type MediaSource =
  | { type: 'base64'; media_type: string; data: string }
  | { type: 'url'; url: string }
  | { type: 'text'; media_type: string; data: string }
  | { type: 'file'; file_id: string }
  | { type: 'content'; content: ContentBlock[] };

/** A picture in a user message or a tool result. */
export interface ImageBlock extends BlockBase {
  type: 'image';
  source: MediaSource;
}

/** A PDF or text document in a user message or a tool result. */
export interface DocumentBlock extends BlockBase {
  type: 'document';
  source: MediaSource;
  title?: string;
  context?: string;
}

/** A call of a tool the client offered. `input` is the parsed argument object. */
export interface ToolUseBlock extends BlockBase {
  type: 'tool_use';
  /** Unique in the conversation, `^[a-zA-Z0-9_-]{1,64}$`. */
  id: string;
  name: string;
  input: JsonObject;
}

/** What a tool answered. */
export interface ToolResultBlock extends BlockBase {
  type: 'tool_result';
  tool_use_id: string;
  content: ContentBlock[];
  is_error?: boolean;
}

/** Points at a deferred tool that a tool search has found; allowed inside a tool result. */
export interface ToolReferenceBlock extends BlockBase {
  type: 'tool_reference';
  tool_name: string;
}

/**
 * Reasoning text. `signature` is opaque: a provider's own, or a state envelope of Claudex that only the
 * protocol which sealed it opens again.
 */
export interface ThinkingBlock extends BlockBase {
  type: 'thinking';
  thinking: string;
  signature?: string;
}

/** Reasoning that the provider encrypted. */
export interface RedactedThinkingBlock extends BlockBase {
  type: 'redacted_thinking';
  data: string;
}

/** A tool that the provider itself runs, such as its web search. */
export interface ServerToolUseBlock extends BlockBase {
  type: 'server_tool_use';
  id: string;
  name: string;
  input: JsonObject;
  /** The MCP server the tool belongs to; absent for the provider's own tools. */
  server_name?: string;
}

/** The result of a tool that the provider ran; `result_type` is the wire type, e.g. `web_search_tool_result`. */
export interface ServerToolResultBlock extends BlockBase {
  type: 'server_tool_result';
  result_type: string;
  tool_use_id: string;
  content: Json;
  is_error?: boolean;
}

/**
 * A block of a type nobody here models. Written back verbatim when both ends speak `protocol`,
 * elsewhere a {@link Loss}.
 */
export interface OpaqueBlock extends BlockBase {
  type: 'opaque';
  protocol: string;
  value: JsonObject;
}

/**
 * One piece of a message. Its fields can be written, because codecs put blocks together piece by piece; once a
 * request, an answer or an event holds a block, nobody changes it any more.
 */
export type ContentBlock =
  | TextBlock
  | ImageBlock
  | DocumentBlock
  | ToolUseBlock
  | ToolResultBlock
  | ToolReferenceBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ServerToolUseBlock
  | ServerToolResultBlock
  | OpaqueBlock;
