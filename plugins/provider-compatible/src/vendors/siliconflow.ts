import { defineProvider, type ModelFacts, type ModelPrice, type ReasoningFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes and prices: the vendor's list of models of 2026-09-08, as models.dev has it; China's of May 2026. A budget of
// reasoning is from 128 to 32,768 tokens (SiliconFlow's documentation, November 2026).
const BUDGET: ReasoningFacts = { efforts: [], canDisable: true, budget: { min: 128, max: 32_768 } };

const MODELS: readonly ModelFacts[] = [
  { ...large('zai-org/GLM-5.3-Flash', { input: 0.15, output: 0.5, cacheRead: 0.03 }), modalities: PICTURES },
  large('zai-org/GLM-5.3', { input: 1.4, output: 4.4, cacheRead: 0.26 }),
  { ...large('moonshotai/Kimi-K3', { input: 2.7, output: 13.5, cacheRead: 0.27 }), modalities: PICTURES },
  {
    id: 'moonshotai/Kimi-K2.7-Code',
    contextWindow: 262_144,
    maxOutputTokens: 262_144,
    modalities: PICTURES,
    price: { input: 0.859, output: 3.8, cacheRead: 0.18 },
    reasoning: BUDGET,
    quirks: { schemaDialect: 'kimi', missingReasoning: 'empty' },
  },
  large('zai-org/GLM-5.2', { input: 1.4, output: 4.4, cacheRead: 0.26 }),
  deepseek('deepseek-ai/DeepSeek-V4-Flash', { input: 0.14, output: 0.28, cacheRead: 0.003 }),
  deepseek('deepseek-ai/DeepSeek-V4-Pro', { input: 1.74, output: 3.48, cacheRead: 0.145 }),
];

/**
 * SiliconFlow, by Anthropic's protocol, whose base is the bare host (SiliconFlow's documentation, November 2026). Accounts,
 * keys and models of its two sites are apart. Over Chat, reasoning has a switch and a budget of its own.
 */
export const siliconflow = defineProvider({
  specVersion: 1,
  id: 'siliconflow',
  title: 'SiliconFlow',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'site of the account',
      choices: { global: 'siliconflow.com', china: 'siliconflow.cn' },
      default: 'global',
    },
  },
  endpoints: [
    {
      when: { region: 'china' },
      bases: {
        'anthropic-messages': 'https://api.siliconflow.cn',
        'openai-chat': 'https://api.siliconflow.cn/v1',
      },
      modelList: 'https://api.siliconflow.cn/v1/models',
      keyVariables: ['SILICONFLOW_CN_API_KEY', 'SILICONFLOW_API_KEY'],
      keyPage: 'https://cloud.siliconflow.cn/account/ak',
      models: {
        default: 'zai-org/GLM-5.2',
        haiku: 'deepseek-ai/DeepSeek-V4-Flash',
        sonnet: 'zai-org/GLM-5.2',
        opus: 'zai-org/GLM-5.2',
      },
    },
    {
      bases: {
        'anthropic-messages': 'https://api.siliconflow.com',
        'openai-chat': 'https://api.siliconflow.com/v1',
      },
      modelList: 'https://api.siliconflow.com/v1/models',
    },
  ],
  keyVariables: ['SILICONFLOW_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'zai-org/GLM-5.3',
    haiku: 'zai-org/GLM-5.3-Flash',
    sonnet: 'zai-org/GLM-5.3',
    opus: 'moonshotai/Kimi-K3',
  },
  knownModels: MODELS,
  publicLists: ['siliconflow', 'siliconflow-cn'],
  wires: {
    'anthropic-messages': { quirks: IMITATION },
    'openai-chat': {
      quirks: { reasoningRequest: 'enable-thinking', reasoningReplay: 'reasoning_content', topK: true },
    },
  },
  keyPage: 'https://cloud.siliconflow.com/account/ak',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'The levels of DeepSeek V4 and GLM 5.3 (high, max) cannot be chosen over Chat; the vendor raises them for coding clients itself.',
  ],
});

function large(id: string, price: ModelPrice): ModelFacts {
  return { id, contextWindow: 1_049_000, maxOutputTokens: 262_000, modalities: TEXT, price, reasoning: BUDGET };
}

function deepseek(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 384_000,
    modalities: TEXT,
    price,
    reasoning: BUDGET,
    quirks: { missingReasoning: 'empty' },
  };
}
