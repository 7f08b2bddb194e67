import type { ContentBlock } from './blocks.ts';
import type { Extensions } from './json.ts';

/** Token counts in Anthropic's way of counting: `input_tokens` excludes everything read from or written to a cache. */
export interface Usage {
  readonly input_tokens: number;
  /** Includes reasoning tokens. */
  readonly output_tokens: number;
  readonly cache_read_input_tokens?: number;
  readonly cache_creation_input_tokens?: number;
}

/** Why the model stopped. */
export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'refusal'
  | 'pause_turn'
  | 'model_context_window_exceeded';

/** A complete answer. */
export interface CanonicalResponse {
  readonly id: string;
  /** The model name as the upstream reported it, or the one asked for. */
  readonly model: string;
  readonly content: readonly ContentBlock[];
  readonly stop_reason: StopReason | null;
  readonly stop_sequence?: string | null;
  /** The upstream's own word for why it stopped, for logs. */
  readonly raw_stop_reason?: string;
  readonly usage: Usage;
  readonly ext?: Extensions;
}
