import type { ModelFacts, ModelPrice, Quirks, ReasoningFacts } from '@claudex/sdk';
import { PICTURES } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. China's prices differ by a few per cent.
const K3: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };
const K2_CODE: ReasoningFacts = { efforts: [], canDisable: false };

/** K2.7 always reasons, and can be asked to call no tool but not to call one (Moonshot's documentation, November 2026). */
const K2_CODE_QUIRKS: Quirks = {
  reasoningRequest: 'thinking-switch',
  thinkingTypes: ['enabled'],
  forcedToolChoice: false,
};

/** The models of Moonshot's API that can code. */
export const MOONSHOT_MODELS: readonly ModelFacts[] = [
  k3('kimi-k3.1-pro', { input: 2, output: 10, cacheRead: 0.2 }),
  k3('kimi-k3.1-pro-highspeed', { input: 4, output: 20, cacheRead: 0.2 }),
  k3('kimi-k3', { input: 3, output: 15, cacheRead: 0.3 }),
  k2('kimi-k2.7-code', { input: 0.95, output: 4, cacheRead: 0.19 }, K2_CODE, K2_CODE_QUIRKS),
  k2('kimi-k2.7-code-highspeed', { input: 1.9, output: 8, cacheRead: 0.38 }, K2_CODE, K2_CODE_QUIRKS),
  k2(
    'kimi-k2.6',
    { input: 0.95, output: 4, cacheRead: 0.16 },
    { efforts: [], canDisable: true },
    { reasoningRequest: 'thinking-switch', thinkingTypes: ['enabled', 'disabled'] },
  ),
];

function k3(id: string, price: ModelPrice): ModelFacts {
  return { id, contextWindow: 1_048_576, maxOutputTokens: 1_048_576, modalities: PICTURES, price, reasoning: K3 };
}

function k2(id: string, price: ModelPrice, reasoning: ReasoningFacts, quirks: Quirks): ModelFacts {
  return { id, contextWindow: 262_144, maxOutputTokens: 262_144, modalities: PICTURES, price, reasoning, quirks };
}
