import type { ModelFacts, ReasoningFacts } from '@claudex/sdk';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes and levels: pi-ai model data 1.5.2, 2026-11-10. Prices: the same, from hosts that pass on Alibaba's own; those of
// the models of others that the Token Plan has are absent. Longest prompt of qwen3.8-max: models.dev, 2026-07-02.
const QWEN_3_8: ReasoningFacts = { efforts: ['low', 'medium', 'xhigh'], canDisable: false };
const QWEN_3_7: ReasoningFacts = { efforts: [], canDisable: true };

/** The models of Alibaba's Model Studio that can code. */
export const QWEN_MODELS: readonly ModelFacts[] = [
  {
    id: 'qwen3.8-max',
    contextWindow: 1_000_000,
    maxInputTokens: 983_616,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price: { input: 2, output: 6, cacheRead: 0.25, cacheWrite: 2.5 },
    reasoning: QWEN_3_8,
    quirks: { reasoningRequest: 'enable-thinking-and-effort' },
  },
  {
    id: 'qwen3.8-flash',
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price: { input: 0.15, output: 0.47, cacheRead: 0.016, cacheWrite: 0.2 },
    reasoning: QWEN_3_8,
    quirks: { reasoningRequest: 'enable-thinking-and-effort' },
  },
  {
    id: 'qwen3.7-plus',
    contextWindow: 1_000_000,
    maxOutputTokens: 65_536,
    modalities: PICTURES,
    price: {
      input: 0.4,
      output: 1.6,
      cacheRead: 0.08,
      cacheWrite: 0.5,
      long: { above: 256_000, input: 1.2, output: 4.8, cacheRead: 0.24, cacheWrite: 1.5 },
    },
    reasoning: QWEN_3_7,
  },
  {
    id: 'qwen3.7-max',
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    price: { input: 2.5, output: 7.5, cacheRead: 0.5, cacheWrite: 3.125 },
    reasoning: QWEN_3_7,
  },
  guest('glm-5.3', { efforts: ['low', 'high', 'max'], canDisable: false }),
  { ...guest('deepseek-v4-pro', { efforts: ['high', 'max'], canDisable: false }), maxOutputTokens: 384_000 },
  {
    ...guest('deepseek-v4.1-flash', { efforts: ['low', 'high', 'max'], canDisable: false }),
    maxOutputTokens: 384_000,
    modalities: PICTURES,
  },
  {
    ...guest('kimi-k2.7-code', QWEN_3_7),
    contextWindow: 262_144,
    maxOutputTokens: 262_144,
    modalities: PICTURES,
    quirks: { reasoningRequest: 'enable-thinking' },
  },
];

/** A model of somebody else that the Token Plan has. */
function guest(id: string, reasoning: ReasoningFacts): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    reasoning,
    quirks: { reasoningRequest: 'enable-thinking-and-effort' },
  };
}
