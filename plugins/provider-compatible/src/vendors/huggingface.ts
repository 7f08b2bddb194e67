import { defineProvider, type ModelFacts, type ModelPrice, type ReasoningFacts } from '@claudex/sdk';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. Which company serves a model, and so what it costs, is the
// router's choice unless the id ends with `:company`, `:fastest` or `:cheapest`.
const LEVELS: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };
const FLASH: ReasoningFacts = { efforts: ['none', 'low', 'high', 'xhigh', 'max'], canDisable: true };
const GPT_OSS: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };
const QWEN: ReasoningFacts = { efforts: ['low', 'medium', 'xhigh'], canDisable: false };
const MINIMAX: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };

const MODELS: readonly ModelFacts[] = [
  model('zai-org/GLM-5.3', 1_048_576, 131_072, { input: 1.4, output: 4.4 }, { modalities: TEXT, reasoning: LEVELS }),
  model('zai-org/GLM-5.3-Flash', 1_048_576, 131_072, { input: 0.15, output: 0.5 }, { reasoning: LEVELS }),
  model(
    'deepseek-ai/DeepSeek-V4.1-Flash',
    1_048_576,
    384_000,
    { input: 0.3, output: 1.2 },
    {
      reasoning: FLASH,
      quirks: { missingReasoning: 'empty' },
    },
  ),
  model(
    'deepseek-ai/DeepSeek-V4-Pro-0813',
    1_000_000,
    384_000,
    { input: 1.32, output: 3.96 },
    {
      modalities: TEXT,
      reasoning: LEVELS,
      quirks: { missingReasoning: 'empty' },
    },
  ),
  model(
    'moonshotai/Kimi-K3',
    1_000_000,
    131_072,
    { input: 3, output: 15 },
    {
      reasoning: LEVELS,
      quirks: { schemaDialect: 'kimi', missingReasoning: 'empty' },
    },
  ),
  model('MiniMaxAI/MiniMax-M3.1-Flash', 1_000_000, 512_000, { input: 0.15, output: 0.6 }, { reasoning: MINIMAX }),
  model('Qwen/Qwen3.8-27B', 262_144, 32_768, { input: 0.4, output: 3 }, { reasoning: QWEN }),
  model(
    'openai/gpt-oss-120b',
    131_072,
    32_768,
    { input: 0.25, output: 0.69 },
    {
      modalities: TEXT,
      reasoning: GPT_OSS,
    },
  ),
];

/**
 * Hugging Face's router of inference providers, over Chat; its Responses is a beta. Reasoning comes back in the field that
 * the company behind it uses, and goes back in the same (pi-ai model data 1.5.2, 2026-11-10).
 */
export const huggingface = defineProvider({
  specVersion: 1,
  id: 'huggingface',
  title: 'Hugging Face',
  protocol: 'openai-chat',
  endpoints: [
    {
      bases: {
        'openai-chat': 'https://router.huggingface.co/v1',
        'openai-responses': 'https://router.huggingface.co/v1',
      },
    },
  ],
  keyVariables: ['HF_TOKEN'],
  models: {
    default: 'zai-org/GLM-5.3',
    haiku: 'zai-org/GLM-5.3-Flash',
    sonnet: 'zai-org/GLM-5.3',
    opus: 'zai-org/GLM-5.3',
  },
  knownModels: MODELS,
  publicLists: ['huggingface'],
  wires: { 'openai-chat': { quirks: { maxOutputTokensField: 'max_completion_tokens' } } },
  keyPage: 'https://huggingface.co/settings/tokens',
  knownGaps: [
    'Sizes and prices depend on the company that serves a model; name one behind a colon to keep to it.',
    'An id with such an ending is not in the list of known models: give the profile its context_window.',
  ],
});

function model(
  id: string,
  contextWindow: number,
  maxOutputTokens: number,
  price: ModelPrice,
  more: Partial<ModelFacts>,
): ModelFacts {
  return { id, contextWindow, maxOutputTokens, modalities: PICTURES, price, ...more };
}
