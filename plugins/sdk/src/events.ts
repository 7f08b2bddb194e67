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

/** A block as it stands when it opens: text, thinking and input are still empty. */
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
  | { type: 'text_delta'; text: string }
  | { type: 'thinking_delta'; thinking: string }
  | { type: 'signature_delta'; signature: string }
  | { type: 'input_json_delta'; partial_json: string }
  | { type: 'citations_delta'; citation: JsonObject };

/** The answer begins. `usage.input_tokens` is the provider's figure, or an estimate when it comes later. */
export interface MessageStart {
  type: 'message_start';
  id: string;
  model: string;
  usage: Usage;
}

/** A block opens. Indexes are dense from 0, and only one block is open at a time. */
export interface ContentBlockStart {
  type: 'content_block_start';
  index: number;
  content_block: OpeningBlock;
}

/** The open block grows. */
export interface ContentBlockDelta {
  type: 'content_block_delta';
  index: number;
  delta: BlockDelta;
}

/** The open block is complete. Never sent for a block that a failure cut short. */
export interface ContentBlockStop {
  type: 'content_block_stop';
  index: number;
}

/** Why the answer ended, and its exact usage. */
export interface MessageDelta {
  type: 'message_delta';
  stop_reason: StopReason | null;
  stop_sequence?: string | null;
  /** The upstream's own word, for logs. */
  raw_stop_reason?: string;
  usage: Usage;
  ext?: Extensions;
}

/** The answer is complete. */
export interface MessageStop {
  type: 'message_stop';
}

/** Keeps a silent connection alive; legal anywhere. */
export interface Ping {
  type: 'ping';
}

/** The answer failed. Nothing but nothing follows it. */
export interface StreamFault {
  type: 'error';
  fault: Fault;
}

/** Something of the upstream's answer that the canonical form cannot carry. Encoders skip it; taps record it. */
export interface LossNotice {
  type: 'loss';
  loss: Loss;
}

/**
 * A step of a streamed answer. The grammar is
 * `message_start (content_block_start content_block_delta* content_block_stop)* message_delta message_stop`,
 * or a proper prefix of that followed by exactly one `error`; `ping` and `loss` may stand anywhere.
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
