import type { Quirks } from '@claudex/sdk';

/** What Kimi has fixed: another value than its own is refused by k2.5 and later (Moonshot's documentation, November 2026). */
export const KIMI_LOCKED: readonly string[] = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'];

/**
 * Kimi over Chat, wherever Moonshot itself hosts it. Its servers want tool schemas without references and with a type
 * everywhere, text behind results of tools in the results, and reasoning back on every assistant message with calls
 * (Moonshot's documentation and the wire code of Kimi Code, August 2026). System messages may stand anywhere (pi-ai model
 * data 1.5.2, 2026-11-10).
 */
export const KIMI_CHAT: Quirks = {
  midConversationSystem: 'keep',
  textAfterToolResults: 'append',
  schemaDialect: 'kimi',
  reasoningReplay: 'reasoning_content',
  promptCacheKey: true,
  maxStopSequences: 5,
  stopSequenceMaxBytes: 32,
};
