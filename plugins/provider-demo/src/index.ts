import { defineProvider, type ClaudexHook } from '@claudex/sdk';
import { LISTED_MODELS } from './scenarios.ts';

const CONTEXT_WINDOW = 200_000;
const MAX_OUTPUT_TOKENS = 32_000;

/**
 * A scripted assistant that needs no account: it runs its own upstream on a loopback port and speaks Chat
 * Completions. Its model names select scenarios; `src/scenarios.ts` has the table.
 */
export const demo = defineProvider({
  specVersion: 1,
  id: 'demo',
  title: 'Demo (scripted, no account)',
  protocol: 'openai-chat',
  needsCredential: false,
  models: { default: 'demo', haiku: 'demo', sonnet: 'demo', opus: 'demo' },
  knownModels: LISTED_MODELS.map((id) => ({ id, contextWindow: CONTEXT_WINDOW, maxOutputTokens: MAX_OUTPUT_TOKENS })),
  // The script tells the client's notes from the user's words by their role.
  quirks: { midConversationSystem: 'keep' },
  start: async (io) => {
    const { startServer } = await import('./server.ts');
    return startServer(io);
  },
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [demo];

export default answerProviders;
