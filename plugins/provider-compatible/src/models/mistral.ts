import type { ModelFacts, ModelPrice, ReasoningFacts } from '@claudex/sdk';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10.
const NONE_OR_HIGH: ReasoningFacts = { efforts: ['none', 'high'], canDisable: true };
const GLM: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };
const LARGE: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };
const NO_REASONING: ReasoningFacts = { efforts: [] };

const MEDIUM: ModelPrice = { input: 1.5, output: 7.5, cacheRead: 0.15 };

/** The models of Mistral that can code, those of others that it hosts among them. */
export const MISTRAL_MODELS: readonly ModelFacts[] = [
  model('mistral-large-4', 1_048_576, 262_144, { input: 0.7, output: 2.1, cacheRead: 0.07 }, LARGE),
  model('mistral-medium-3.5', 262_144, 262_144, MEDIUM, NONE_OR_HIGH),
  model('mistral-medium-latest', 262_144, 262_144, MEDIUM, NONE_OR_HIGH),
  model('mistral-small-2603', 262_144, 256_000, { input: 0.15, output: 0.6, cacheRead: 0.015 }, NONE_OR_HIGH),
  model('mistral-large-latest', 262_144, 262_144, { input: 0.5, output: 1.5, cacheRead: 0.05 }, NO_REASONING),
  text('devstral-latest', 262_144, 262_144, { input: 0.4, output: 2, cacheRead: 0.04 }, NO_REASONING),
  text('codestral-latest', 256_000, 4_096, { input: 0.3, output: 0.9, cacheRead: 0.03 }, NO_REASONING),
  text('zai-glm-5-3', 1_048_576, 131_072, { input: 1.4, output: 4.4, cacheRead: 0.14 }, GLM),
  model('zai-glm-5-3-flash', 1_048_576, 131_072, { input: 0.15, output: 0.5, cacheRead: 0.03 }, GLM),
  text(
    'deepseek-v4-1-flash-1017',
    1_048_576,
    128_000,
    { input: 0.3, output: 1.2, cacheRead: 0.007 },
    {
      efforts: ['none', 'low', 'high', 'max'],
      canDisable: true,
    },
  ),
];

function model(
  id: string,
  contextWindow: number,
  maxOutputTokens: number,
  price: ModelPrice,
  reasoning: ReasoningFacts,
): ModelFacts {
  return { id, contextWindow, maxOutputTokens, modalities: PICTURES, price, reasoning };
}

function text(...row: Parameters<typeof model>): ModelFacts {
  return { ...model(...row), modalities: TEXT };
}
