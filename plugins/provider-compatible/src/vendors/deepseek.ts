import { defineProvider, type ModelFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. Prices without the vendor's discount at night.
const FLASH: Omit<ModelFacts, 'id'> = {
  contextWindow: 1_000_000,
  maxOutputTokens: 384_000,
  modalities: PICTURES,
  price: { input: 0.3, output: 1.2, cacheRead: 0.006 },
  reasoning: { efforts: ['low', 'high', 'max'], canDisable: true },
};

const MODELS: readonly ModelFacts[] = [
  { id: 'deepseek-flash', ...FLASH },
  // An older name of the same model (DeepSeek's documentation, November 2026).
  { id: 'deepseek-v4-flash', ...FLASH },
  {
    id: 'deepseek-v4-pro',
    contextWindow: 1_000_000,
    maxOutputTokens: 384_000,
    modalities: TEXT,
    price: { input: 1.32, output: 3.96, cacheRead: 0.044 },
    reasoning: { efforts: ['high', 'max'], canDisable: true },
  },
];

/**
 * DeepSeek, by Anthropic's protocol, which the vendor documents for Claude Code. It serves names that begin with `claude`
 * by models of its own and refuses all other names it does not know. Every assistant message with calls must bring its
 * reasoning along, in whichever protocol (DeepSeek's documentation, November 2026).
 */
export const deepseek = defineProvider({
  specVersion: 1,
  id: 'deepseek',
  title: 'DeepSeek',
  protocol: 'anthropic-messages',
  endpoints: [
    {
      bases: {
        'anthropic-messages': 'https://api.deepseek.com/anthropic',
        'openai-chat': 'https://api.deepseek.com',
        // Without `/v1`: the path is `/responses`.
        'openai-responses': 'https://api.deepseek.com',
      },
      modelList: 'https://api.deepseek.com/models',
    },
  ],
  keyVariables: ['DEEPSEEK_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'deepseek-v4-pro',
    haiku: 'deepseek-flash',
    sonnet: 'deepseek-v4-pro',
    opus: 'deepseek-v4-pro',
  },
  knownModels: MODELS,
  publicLists: ['deepseek'],
  quirks: { missingReasoning: 'empty' },
  wires: {
    // The vendor documents these two types of thinking; whether it takes `adaptive` is unverified.
    'anthropic-messages': { quirks: { ...IMITATION, thinkingTypes: ['enabled', 'disabled'] } },
    // A text of the user behind the results of tools costs the model its reasoning. Sampling is ignored while it reasons.
    'openai-chat': {
      quirks: {
        reasoningRequest: 'thinking-switch-and-effort',
        reasoningReplay: 'reasoning_content',
        textAfterToolResults: 'append',
        responseFormat: 'json_object',
      },
    },
    // Calls and their results must stand next to each other.
    'openai-responses': { quirks: { textAfterToolResults: 'append' } },
  },
  keyPage: 'https://platform.deepseek.com/api_keys',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'deepseek-v4-pro sees no pictures; deepseek-flash does.',
  ],
});
