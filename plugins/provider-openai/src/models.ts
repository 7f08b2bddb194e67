import type { ModelFacts, ModelModalities, ModelPrice, ModelSlots, ReasoningFacts } from '@claudex/sdk';

// Sizes and prices as published in November 2026 (pi-ai model data 1.5.2 of 2026-11-10; windows of the API checked against
// models.dev, 2026-07-02). The API's window counts input and output together: 922,000 may be input, 272,000 with smaller
// models. Above 272,000 tokens of input all prices double but that of output, which rises by half. Ids age in weeks: these
// are defaults that a profile overrides.
const LARGE = { contextWindow: 1_050_000, maxInputTokens: 922_000, maxOutputTokens: 128_000 };
const SMALL = { contextWindow: 400_000, maxInputTokens: 272_000, maxOutputTokens: 128_000 };
const LONG_PROMPT = 272_000;
const MODALITIES: ModelModalities = { input: ['text', 'image', 'file'], output: ['text'] };

/** The models with which OpenAI's API serves Claude Code's slots, small to large. */
export const SLOTS: ModelSlots = {
  default: 'gpt-6.1-terra',
  haiku: 'gpt-6-luna',
  sonnet: 'gpt-6.1-terra',
  opus: 'gpt-6.1-sol',
  fable: 'gpt-6-astra',
};

// Levels as published in November 2026: `max` came with gpt-5.6, and the two largest models always reason.
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };
const WITHOUT_MAX: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh'], canDisable: true };

/** The models of OpenAI's API that can code, with their sizes, their prices and how they reason. */
export const MODELS: readonly ModelFacts[] = [
  large('gpt-6-luna', tiered(0.1, 0.5, 0.01, 0.125), SWITCHABLE),
  large('gpt-6.1-terra', tiered(1, 5, 0.05, 1.25), SWITCHABLE),
  large('gpt-6.1-sol', tiered(2, 10, 0.1, 2.5), ALWAYS_ON),
  large('gpt-6-astra', tiered(10, 50, 1, 12.5), ALWAYS_ON),
  large('gpt-6-sol', tiered(2, 10, 0.2, 2.5), SWITCHABLE),
  large('gpt-5.6-luna', tiered(0.2, 1.2, 0.02, 0.25), SWITCHABLE),
  large('gpt-5.6-terra', tiered(2, 12, 0.2, 2.5), SWITCHABLE),
  large('gpt-5.6-sol', tiered(4, 20, 0.4, 5), SWITCHABLE),
  large('gpt-5.5', tiered(5, 30, 0.5), WITHOUT_MAX),
  large('gpt-5.4', tiered(2.5, 15, 0.25), WITHOUT_MAX),
  small('gpt-5.4-mini', { input: 0.75, output: 4.5, cacheRead: 0.075 }),
  small('gpt-5.3-codex', { input: 1.75, output: 14, cacheRead: 0.175 }),
];

/** What a prompt above {@link LONG_PROMPT} costs follows from what others cost. */
function tiered(input: number, output: number, cacheRead: number, cacheWrite?: number): ModelPrice {
  const long = { above: LONG_PROMPT, input: input * 2, output: output * 1.5, cacheRead: cacheRead * 2 };
  return {
    input,
    output,
    cacheRead,
    ...(cacheWrite === undefined ? { long } : { cacheWrite, long: { ...long, cacheWrite: cacheWrite * 2 } }),
  };
}

function large(id: string, price: ModelPrice, reasoning: ReasoningFacts): ModelFacts {
  return { id, ...LARGE, modalities: MODALITIES, price, reasoning };
}

function small(id: string, price: ModelPrice): ModelFacts {
  return { id, ...SMALL, modalities: MODALITIES, price, reasoning: WITHOUT_MAX };
}
