/**
 * The part of OpenAI's Chat Completions dialect that this provider reads and writes. Every object is open:
 * clients send more than we look at.
 */

/** One part of a message's content. Parts without text (images, audio) are skipped. */
interface ContentPart {
  readonly type: string;
  readonly text?: string;
}

/** A call the assistant made earlier, or makes now. `arguments` is JSON text. */
export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** One message of the conversation. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: string | null | readonly ContentPart[];
  readonly tool_calls?: readonly WireToolCall[];
  readonly tool_call_id?: string;
}

/** A JSON schema, as far as it is looked at. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** A function the client offers. */
export interface ChatTool {
  readonly type: string;
  readonly function: { readonly name: string; readonly parameters?: Schema };
}

/** Whether and which tool must be called. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly function: { readonly name: string } };

/** The body of `POST /v1/chat/completions` after it was checked. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ChatTool[];
  readonly toolChoice: ToolChoice;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** Most tokens the client takes, absent when it does not say. */
  readonly maxTokens?: number;
  /** The schema of a `json_schema` response format. */
  readonly responseSchema?: Schema;
}

/** OpenAI's error object. */
export interface WireError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** Figures of one answer. */
export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** Why an answer ended. */
export type FinishReason = 'stop' | 'length' | 'tool_calls';
