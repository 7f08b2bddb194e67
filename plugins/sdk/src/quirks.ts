/**
 * How a provider deviates from its protocol, as data. Each entry is applied at one place, in the protocol
 * plugin; a profile may override single entries. An absent entry means the default named here.
 *
 * `openai-chat` knows all entries, `anthropic-messages` only `images` and `omitFields`. Where client and provider
 * speak the same protocol, the client's bytes are passed on and only `omitFields` is honoured.
 */
export interface Quirks {
  /** Name of the field that limits the answer. Default `max_tokens`. */
  readonly maxOutputTokensField?: 'max_tokens' | 'max_completion_tokens' | 'none';
  /** Role of instructions at the front. Default `system`. */
  readonly instructionRole?: 'system' | 'developer';
  /**
   * What becomes of a system message in the middle of the conversation. `user` (the default) turns it into
   * tagged user text, because many chat templates refuse a later system message; `keep` leaves the role.
   */
  readonly midConversationSystem?: 'user' | 'keep';
  /** Whether to ask for usage at the end of a stream (`stream_options.include_usage`). Default true. */
  readonly streamUsage?: boolean;
  /** Whether the model takes pictures. When false they are replaced by a visible note. Default true. */
  readonly images?: boolean;
  /** Whether `parallel_tool_calls` may be sent. Default true. */
  readonly parallelToolCallsSwitch?: boolean;
  /** Longest tool name taken. Default 64. */
  readonly toolNameMaxLength?: number;
  /** Longest tool-call id taken. Default 64. */
  readonly toolCallIdMaxLength?: number;
  /** Top-level fields that must not be sent, under their name on the wire. Default none. */
  readonly omitFields?: readonly string[];
}
