import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { VERCEL_MODELS } from '../models/vercel.ts';

/**
 * Vercel's AI Gateway, which has every model by Anthropic's protocol; Chat is there, too. Reasoning of models that sign
 * nothing comes with an empty signature (pi-ai model data 1.5.2, 2026-11-10).
 */
export const vercel = defineProvider({
  specVersion: 1,
  id: 'vercel',
  title: 'Vercel AI Gateway',
  protocol: 'anthropic-messages',
  endpoints: [
    {
      bases: {
        'anthropic-messages': 'https://ai-gateway.vercel.sh',
        'openai-chat': 'https://ai-gateway.vercel.sh/v1',
        'openai-responses': 'https://ai-gateway.vercel.sh/v1',
      },
      modelList: 'https://ai-gateway.vercel.sh/v1/models',
      modelListIsPublic: true,
    },
  ],
  keyVariables: ['AI_GATEWAY_API_KEY', 'VERCEL_OIDC_TOKEN'],
  authenticate: bearer,
  models: {
    default: 'anthropic/claude-sonnet-5.5',
    haiku: 'anthropic/claude-haiku-5.5',
    sonnet: 'anthropic/claude-sonnet-5.5',
    opus: 'anthropic/claude-opus-5.5',
    fable: 'anthropic/claude-fable-5.2',
  },
  knownModels: VERCEL_MODELS,
  publicLists: ['vercel'],
  keyPage: 'https://vercel.com/d?to=%2F%5Bteam%5D%2F%7E%2Fai-gateway%2Fapi-keys',
  knownGaps: [
    'What the vendor behind a model refuses, the gateway refuses: beta features are passed on as they are.',
    'Responses is unverified.',
  ],
});
