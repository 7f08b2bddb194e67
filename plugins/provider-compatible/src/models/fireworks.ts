import type { ModelFacts, ModelPrice, Quirks, ReasoningFacts } from '@claudex/sdk';
import { KIMI_CHAT } from '../kimi.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices, levels and the protocol of each model: pi-ai model data 1.5.2, 2026-11-10.
const DEEPSEEK: ReasoningFacts = { efforts: ['none', 'low', 'high', 'max'], canDisable: true };
const MINIMAX: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };
const QWEN: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'xhigh'], canDisable: true };
const KIMI_LATEST: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };

/** Kimi and DeepSeek want their reasoning back there as they want it at home. */
const KIMI: Quirks = { ...KIMI_CHAT, promptCacheKey: false, missingReasoning: 'empty' };

/** The models of Fireworks that can code. GLM and Kimi's exact versions are reached by Chat, all others by Messages. */
export const FIREWORKS_MODELS: readonly ModelFacts[] = [
  flash('accounts/fireworks/models/deepseek-v4p1-flash'),
  flash('accounts/fireworks/routers/deepseek-flash-latest'),
  {
    id: 'accounts/fireworks/models/minimax-m3p1-flash',
    contextWindow: 1_000_000,
    maxOutputTokens: 512_000,
    modalities: PICTURES,
    price: { input: 0.15, output: 0.6, cacheRead: 0.015 },
    reasoning: MINIMAX,
  },
  {
    id: 'accounts/fireworks/models/qwen3p8-max',
    contextWindow: 262_144,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price: { input: 2, output: 6, cacheRead: 0.25 },
    reasoning: QWEN,
  },
  {
    ...kimi('accounts/fireworks/routers/kimi-latest', { input: 3, output: 15, cacheRead: 0.3 }),
    reasoning: KIMI_LATEST,
  },
  overChat(kimi('accounts/fireworks/models/kimi-k3p1-pro', { input: 2, output: 10, cacheRead: 0.2 }), KIMI),
  overChat(kimi('accounts/fireworks/models/kimi-k3', { input: 3, output: 15, cacheRead: 0.3 }), KIMI),
  overChat({
    id: 'accounts/fireworks/models/glm-5p3',
    contextWindow: 1_048_573,
    maxOutputTokens: 262_144,
    modalities: TEXT,
    price: { input: 1.4, output: 4.4, cacheRead: 0.26 },
    reasoning: ALWAYS_ON,
  }),
  overChat({
    id: 'accounts/fireworks/models/glm-5p3-flash',
    contextWindow: 1_048_573,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price: { input: 0.15, output: 0.5, cacheRead: 0.03 },
    reasoning: ALWAYS_ON,
  }),
];

function flash(id: string): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 384_000,
    modalities: PICTURES,
    price: { input: 0.3, output: 1.2, cacheRead: 0.006 },
    reasoning: DEEPSEEK,
    quirks: { missingReasoning: 'empty' },
  };
}

function kimi(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_048_576,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price,
    reasoning: ALWAYS_ON,
  };
}

function overChat(facts: ModelFacts, quirks?: Quirks): ModelFacts {
  return { ...facts, protocol: 'openai-chat', ...(quirks && { quirks }) };
}
