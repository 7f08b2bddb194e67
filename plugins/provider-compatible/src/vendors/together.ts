import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { TOGETHER_MODELS } from '../models/together.ts';

/** Together, over Chat, which is all it has. The older host api.together.xyz does the same. */
export const together = defineProvider({
  specVersion: 1,
  id: 'together',
  title: 'Together AI',
  protocol: 'openai-chat',
  endpoints: [{ bases: { 'openai-chat': 'https://api.together.ai/v1' } }],
  keyVariables: ['TOGETHER_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'zai-org/GLM-5.3',
    haiku: 'deepseek-ai/DeepSeek-V4.1-Flash',
    sonnet: 'zai-org/GLM-5.3',
    opus: 'moonshotai/Kimi-K3.1-Pro',
  },
  knownModels: TOGETHER_MODELS,
  publicLists: ['togetherai'],
  // Most models only know the switch `reasoning: { enabled }` (pi-ai model data 1.5.2, 2026-11-10).
  quirks: { reasoningRequest: 'reasoning-object' },
  keyPage: 'https://api.together.ai/settings/api-keys',
  knownGaps: [
    'With most models the degree of reasoning cannot be chosen.',
    'Some models cannot be made to call a tool.',
    'Documents are not taken: the text of a PDF is not seen.',
  ],
});
