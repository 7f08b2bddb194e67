import { defineProvider, type ModelFacts, type ModelPrice, type Quirks, type ReasoningFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10.
const DEEPSEEK: ReasoningFacts = { efforts: ['high', 'max'], canDisable: true };
const GLM: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };
const GPT_OSS: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };

// DeepSeek's models have their own switch there, and want reasoning back with every call.
const DEEPSEEK_QUIRKS: Quirks = {
  reasoningRequest: 'thinking-switch-and-effort',
  reasoningReplay: 'reasoning_content',
  missingReasoning: 'empty',
};
const KIMI_QUIRKS: Quirks = { schemaDialect: 'kimi' };

const MODELS: readonly ModelFacts[] = [
  { ...large('@cf/zai-org/glm-5.3-flash', { input: 0.15, output: 0.5, cacheRead: 0.03 }, GLM), modalities: PICTURES },
  large('@cf/zai-org/glm-5.3', { input: 1.4, output: 4.4, cacheRead: 0.26 }, GLM),
  {
    ...large('@cf/deepseek-ai/deepseek-v4.1-flash-1017', { input: 0.3, output: 1.2, cacheRead: 0.006 }, DEEPSEEK),
    modalities: PICTURES,
    quirks: DEEPSEEK_QUIRKS,
  },
  {
    ...large('@cf/deepseek-ai/deepseek-v4-pro-0813', { input: 1.32, output: 3.96, cacheRead: 0.044 }, DEEPSEEK),
    quirks: DEEPSEEK_QUIRKS,
  },
  {
    id: '@cf/moonshotai/kimi-k2.7-code',
    contextWindow: 262_144,
    maxOutputTokens: 262_144,
    modalities: PICTURES,
    price: { input: 0.95, output: 4, cacheRead: 0.19 },
    // How its reasoning is asked for there is unverified: it is left as it is.
    reasoning: { efforts: [] },
    quirks: KIMI_QUIRKS,
  },
  {
    id: '@cf/qwen/qwen3.8-27b',
    contextWindow: 262_144,
    maxOutputTokens: 262_144,
    modalities: PICTURES,
    price: { input: 0.45, output: 3.2, cacheRead: 0.05 },
    reasoning: { efforts: ['low', 'medium', 'xhigh'], canDisable: false },
  },
  {
    id: '@cf/openai/gpt-oss-120b',
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    modalities: TEXT,
    price: { input: 0.35, output: 0.75 },
    reasoning: GPT_OSS,
  },
];

/**
 * Cloudflare Workers AI, over Chat, for which its models are measured; Responses is there, too (Cloudflare's documentation,
 * November 2026). Requests of one session go to one server by a header, else its cache is never met.
 */
export const cloudflare = defineProvider({
  specVersion: 1,
  id: 'cloudflare',
  title: 'Cloudflare Workers AI',
  protocol: 'openai-chat',
  options: {
    account: {
      meaning: 'id of the Cloudflare account',
      variables: ['CLOUDFLARE_ACCOUNT_ID'],
    },
  },
  endpoints: [
    {
      bases: {
        'openai-chat': 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1',
        'openai-responses': 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1',
      },
      // In this format the list is one of `data` with an `id` and sizes in each row.
      modelList: 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/models/search?format=openrouter',
    },
  ],
  keyVariables: ['CLOUDFLARE_API_KEY', 'CLOUDFLARE_API_TOKEN'],
  authenticate: bearer,
  models: {
    default: '@cf/zai-org/glm-5.3',
    haiku: '@cf/zai-org/glm-5.3-flash',
    sonnet: '@cf/zai-org/glm-5.3',
    opus: '@cf/zai-org/glm-5.3',
  },
  knownModels: MODELS,
  publicLists: ['cloudflare-workers-ai'],
  quirks: { sessionHeader: 'x-session-affinity' },
  wires: { 'openai-chat': { quirks: { maxOutputTokensField: 'max_completion_tokens' } } },
  keyPage: 'https://dash.cloudflare.com/profile/api-tokens',
  knownGaps: [
    "Cloudflare offers no endpoint in Anthropic's protocol for these models: everything is translated.",
    'Its AI Gateway is another product: use the provider behind it with a base_url of its own.',
  ],
});

function large(id: string, price: ModelPrice, reasoning: ReasoningFacts): ModelFacts {
  return { id, contextWindow: 1_048_576, maxOutputTokens: 1_048_576, modalities: TEXT, price, reasoning };
}
