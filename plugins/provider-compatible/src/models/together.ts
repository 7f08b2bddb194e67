import type { ModelFacts, ModelPrice, ReasoningFacts } from '@claudex/sdk';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10.
const SWITCH: ReasoningFacts = { efforts: [], canDisable: true };

/** The models of Together that can code. */
export const TOGETHER_MODELS: readonly ModelFacts[] = [
  {
    ...hosted('deepseek-ai/DeepSeek-V4.1-Flash', { input: 0.3, output: 1.2, cacheRead: 0.006 }),
    maxOutputTokens: 384_000,
  },
  {
    ...hosted('deepseek-ai/DeepSeek-V4-Pro-0813', { input: 1.32, output: 3.96, cacheRead: 0.13 }),
    maxOutputTokens: 384_000,
    modalities: TEXT,
    reasoning: { efforts: ['high'], canDisable: true },
    quirks: { reasoningRequest: 'reasoning-switch-and-effort' },
  },
  {
    ...hosted('zai-org/GLM-5.3', { input: 1.4, output: 4.4, cacheRead: 0.26 }),
    contextWindow: 1_048_575,
    maxOutputTokens: 262_144,
    modalities: TEXT,
  },
  {
    ...hosted('zai-org/GLM-5.3-Flash', { input: 0.15, output: 0.5, cacheRead: 0.03 }),
    contextWindow: 1_048_575,
    maxOutputTokens: 400_000,
  },
  hosted('moonshotai/Kimi-K3.1-Pro', { input: 2, output: 10, cacheRead: 0.2 }),
  hosted('moonshotai/Kimi-K3', { input: 3, output: 15, cacheRead: 0.3 }),
  {
    ...hosted('MiniMaxAI/MiniMax-M3', { input: 0.3, output: 1.2, cacheRead: 0.06 }),
    contextWindow: 524_288,
    maxOutputTokens: 524_288,
  },
  {
    ...hosted('Qwen/Qwen3.7-Max', { input: 2.5, output: 7.5, cacheRead: 0.5 }),
    contextWindow: 1_000_000,
    modalities: TEXT,
  },
  hosted('meta-models/Muse-Spark-Open-816B-A42B', { input: 1.25, output: 4.25, cacheRead: 0.15 }),
  {
    ...hosted('openai/gpt-oss-120b', { input: 0.15, output: 0.6 }),
    contextWindow: 131_072,
    modalities: TEXT,
    reasoning: { efforts: ['low', 'medium', 'high'], canDisable: false },
    quirks: { reasoningRequest: 'effort' },
  },
];

function hosted(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_048_576,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price,
    reasoning: SWITCH,
  };
}
