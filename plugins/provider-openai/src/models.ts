import type { ModelFacts, ModelPrice, ModelSlots, ReasoningFacts } from '@claudex/sdk';

// Sizes and prices as published in November 2026 (pi-ai model data 1.5.2 of 2026-11-10; windows of the API checked against
// models.dev, 2026-07-02). The API's window counts input and output together: 922,000 may be input. Prices double
// above 272,000 tokens of input. Ids age in weeks: these are defaults that a profile overrides.
const WINDOW = 1_050_000;
const MAX_OUTPUT = 128_000;

/** The models with which OpenAI's API serves Claude Code's slots, small to large. */
export const SLOTS: ModelSlots = {
  default: 'gpt-6.1-terra',
  haiku: 'gpt-6-luna',
  sonnet: 'gpt-6.1-terra',
  opus: 'gpt-6.1-sol',
};

// Levels as published in November 2026: `max` came with gpt-5.6, and the two largest models always reason.
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };
const WITHOUT_MAX: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh'], canDisable: true };

/** The models of OpenAI's API that can code, with their sizes, their prices and how they reason. */
export const MODELS: readonly ModelFacts[] = [
  large('gpt-6-luna', { input: 0.1, output: 0.5 }, SWITCHABLE),
  large('gpt-6.1-terra', { input: 1, output: 5 }, SWITCHABLE),
  large('gpt-6.1-sol', { input: 2, output: 10 }, ALWAYS_ON),
  large('gpt-6-astra', { input: 10, output: 50 }, ALWAYS_ON),
  { id: 'gpt-5.4-mini', contextWindow: 400_000, maxOutputTokens: MAX_OUTPUT, reasoning: WITHOUT_MAX },
];

function large(id: string, price: ModelPrice, reasoning: ReasoningFacts): ModelFacts {
  return { id, contextWindow: WINDOW, maxOutputTokens: MAX_OUTPUT, price, reasoning };
}
