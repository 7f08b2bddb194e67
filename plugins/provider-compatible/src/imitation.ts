import type { Quirks } from '@claudex/sdk';

/**
 * What imitations of Anthropic's endpoint do not have: beta features, tools that the server runs, documents, and system
 * messages in the middle of a conversation. `context_management` is a beta feature, too, and does nothing without its beta.
 * DeepSeek and MiniMax document most of it (November 2026); of the others it is unverified, and leaving it out is safe.
 * Pictures depend on the model.
 */
export const IMITATION: Quirks = {
  betas: [],
  serverTools: false,
  documents: 'none',
  midConversationSystem: 'user',
  omitFields: ['context_management'],
};
