import type { ModelFacts, ModelPrice, Quirks, ReasoningFacts } from '@claudex/sdk';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. The fast variants are for plans and have no price.
const GLM_5_3: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };
const GLM_5_2: ReasoningFacts = { efforts: ['high', 'max'], canDisable: true };
const SWITCH: ReasoningFacts = { efforts: [], canDisable: true };

/** Older models know the switch alone. */
const SWITCHED: Quirks = { reasoningRequest: 'thinking-switch' };

/** The models of Z.ai that can code. */
export const ZAI_MODELS: readonly ModelFacts[] = [
  glm('glm-5.3', GLM_5_3, { input: 1.4, output: 4.4, cacheRead: 0.26 }),
  { ...glm('glm-5.3-flash', GLM_5_3, { input: 0.15, output: 0.5, cacheRead: 0.03 }), modalities: PICTURES },
  glm('glm-5.3-highspeed', GLM_5_3),
  glm('glm-5.2', GLM_5_2, { input: 1.4, output: 4.4, cacheRead: 0.26 }),
  glm('glm-5.2-highspeed', GLM_5_2),
  {
    ...glm('glm-5-turbo', SWITCH, { input: 1.2, output: 4, cacheRead: 0.24 }),
    contextWindow: 200_000,
    quirks: SWITCHED,
  },
  {
    ...glm('glm-4.7', SWITCH, { input: 0.6, output: 2.2, cacheRead: 0.11 }),
    contextWindow: 204_800,
    quirks: SWITCHED,
  },
];

function glm(id: string, reasoning: ReasoningFacts, price?: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    reasoning,
    ...(price && { price }),
  };
}
