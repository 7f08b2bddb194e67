import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { FIREWORKS_MODELS } from '../models/fireworks.ts';

/**
 * Fireworks, by Anthropic's protocol where a model has it. Signatures of reasoning are empty there, tools may carry no
 * breakpoint of the cache, reasoning is asked for as adaptive, and a header keeps a session on one server (pi-ai model
 * data 1.5.2, 2026-11-10).
 */
export const fireworks = defineProvider({
  specVersion: 1,
  id: 'fireworks',
  title: 'Fireworks',
  protocol: 'anthropic-messages',
  endpoints: [
    {
      bases: {
        'anthropic-messages': 'https://api.fireworks.ai/inference',
        'openai-chat': 'https://api.fireworks.ai/inference/v1',
        'openai-responses': 'https://api.fireworks.ai/inference/v1',
      },
      modelList: 'https://api.fireworks.ai/inference/v1/models',
    },
  ],
  keyVariables: ['FIREWORKS_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'accounts/fireworks/routers/kimi-latest',
    haiku: 'accounts/fireworks/models/minimax-m3p1-flash',
    sonnet: 'accounts/fireworks/models/deepseek-v4p1-flash',
    opus: 'accounts/fireworks/routers/kimi-latest',
  },
  knownModels: FIREWORKS_MODELS,
  publicLists: ['fireworks-ai'],
  quirks: { sessionHeader: 'x-session-affinity' },
  wires: {
    'anthropic-messages': {
      quirks: { ...IMITATION, cacheControlOnTools: false, thinkingTypes: ['adaptive', 'disabled'] },
    },
    'openai-chat': { quirks: { maxOutputTokensField: 'max_completion_tokens' } },
  },
  keyPage: 'https://app.fireworks.ai/settings/users/api-keys',
  knownGaps: ['Documents are not taken over Messages: the text of a PDF is not seen.', 'Responses is unverified.'],
});
