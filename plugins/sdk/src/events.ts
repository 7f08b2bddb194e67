import type {
  OpaqueBlock,
  RedactedThinkingBlock,
  ServerToolResultBlock,
  ServerToolUseBlock,
  TextBlock,
  ThinkingBlock,
  ToolUseBlock,
} from './blocks.ts';
import type { Fault } from './fault.ts';
import type { Extensions, JsonObject } from './json.ts';
import type { Loss } from './loss.ts';
import type { StopReason, Usage } from './response.ts';

/** A block as it stands when it opens: text, thinking, signature and input are still empty and follow as deltas. */
export type OpeningBlock =
  | TextBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ToolUseBlock
  | ServerToolUseBlock
  | ServerToolResultBlock
  | OpaqueBlock;

/** One step of an open block. */
export type BlockDelta =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'thinking_delta'; readonly thinking: string }
  /** The whole signature: at most one in a block, because clients keep the last instead of joining several. */
  | { readonly type: 'signature_delta'; readonly signature: string }
  /** The next characters of the input's JSON; all of them together are one JSON object, or nothing for `{}`. */
  | { readonly type: 'input_json_delta'; readonly partial_json: string }
  | { readonly type: 'citations_delta'; readonly citation: JsonObject };

/** The answer begins. `usage.input_tokens` is the provider's figure, or an estimate when it comes later. */
export interface MessageStart {
  readonly type: 'message_start';
  readonly id: string;
  readonly model: string;
  readonly usage: Usage;
}

/** A block opens. Indexes are dense from 0, only one block is open at a time, and no id of a call is used twice. */
export interface ContentBlockStart {
  readonly type: 'content_block_start';
  readonly index: number;
  readonly content_block: OpeningBlock;
}

/** The open block grows. */
export interface ContentBlockDelta {
  readonly type: 'content_block_delta';
  readonly index: number;
  readonly delta: BlockDelta;
}

/** The open block is complete. Never sent for a block that a failure cut short. */
export interface ContentBlockStop {
  readonly type: 'content_block_stop';
  readonly index: number;
}

/** Why the answer ended, and the exact usage of all of it: totals, not what was added since the start. */
export interface MessageDelta {
  readonly type: 'message_delta';
  /** `null` when the provider ended the answer without a reason. */
  readonly stop_reason: StopReason | null;
  readonly stop_sequence?: string | null;
  /** The upstream's own word, for logs. */
  readonly raw_stop_reason?: string;
  readonly usage: Usage;
  readonly ext?: Extensions;
}

/** The answer is complete. */
export interface MessageStop {
  readonly type: 'message_stop';
}

/** Keeps a silent connection alive; legal anywhere. */
export interface Ping {
  readonly type: 'ping';
}

/** The answer failed. Nothing but nothing follows it. */
export interface StreamFault {
  readonly type: 'error';
  readonly fault: Fault;
}

/** Something of the upstream's answer that the canonical form cannot carry. Client codecs skip it; the proxy records it. */
export interface LossNotice {
  readonly type: 'loss';
  readonly loss: Loss;
}

/**
 * A step of a streamed answer. The grammar is
 * `message_start (content_block_start content_block_delta* content_block_stop)* message_delta message_stop`,
 * or a proper prefix of that followed by exactly one `error`; `ping` and `loss` may stand anywhere. Events are never
 * changed once they are made. `checkGrammar` of `@claudex/sdk/testing` finds every violation.
 */
export type CanonicalEvent =
  | MessageStart
  | ContentBlockStart
  | ContentBlockDelta
  | ContentBlockStop
  | MessageDelta
  | MessageStop
  | Ping
  | StreamFault
  | LossNotice;
