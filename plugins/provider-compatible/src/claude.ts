import type { Quirks } from '@claudex/sdk';

/**
 * Claude's models since Opus 4.7, wherever they are hosted: reasoning comes back as it was signed and is adaptive or off,
 * and sampling is refused (Anthropic's documentation, November 2026).
 */
export const CLAUDE_QUIRKS: Quirks = {
  signedThinking: true,
  thinkingTypes: ['adaptive', 'disabled'],
  omitFields: ['temperature', 'top_p', 'top_k'],
};

/** Those of them that cannot be stopped from reasoning: Sonnet and Opus 5.5, and Fable. */
export const RESTLESS_CLAUDE_QUIRKS: Quirks = { ...CLAUDE_QUIRKS, thinkingTypes: ['adaptive'] };
