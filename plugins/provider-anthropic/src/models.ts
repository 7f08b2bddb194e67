import type { ModelFacts, ModelModalities, ModelPrice, ModelSlots, Quirks, ReasoningFacts } from '@claudex/sdk';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. Writing to the cache is priced for five minutes; an hour
// costs more. What a model refuses: Anthropic's documentation, November 2026.
const MODALITIES: ModelModalities = { input: ['text', 'image', 'file'], output: ['text'] };
const TO_MAX = ['low', 'medium', 'high', 'xhigh', 'max'];
const ALWAYS_ON: ReasoningFacts = { efforts: TO_MAX, canDisable: false };
const SWITCHABLE: ReasoningFacts = { efforts: TO_MAX, canDisable: true };
const BUDGET: ReasoningFacts = { efforts: [], canDisable: true, budget: { min: 1_024 } };

/** Models since Opus 4.7 reason as much as they see fit and refuse sampling. */
const CURRENT: Quirks = {
  midConversationSystem: 'keep',
  thinkingTypes: ['adaptive', 'disabled'],
  omitFields: ['temperature', 'top_p', 'top_k'],
};
const NEVER_OFF: Quirks = { ...CURRENT, thinkingTypes: ['adaptive'] };
const OLDER: Quirks = { midConversationSystem: 'user' };

/** The models with which Anthropic's API serves Claude Code's slots. */
export const SLOTS: ModelSlots = {
  default: 'claude-sonnet-5-5',
  haiku: 'claude-haiku-5-5',
  sonnet: 'claude-sonnet-5-5',
  opus: 'claude-opus-5-5',
  fable: 'claude-fable-5-2',
};

/** Anthropic's models. */
export const MODELS: readonly ModelFacts[] = [
  large(
    'claude-haiku-5-5',
    { ...price(0.1, 0.01), long: { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 } },
    SWITCHABLE,
    CURRENT,
  ),
  large('claude-sonnet-5-5', price(2, 0.1), ALWAYS_ON, NEVER_OFF),
  large('claude-opus-5-5', price(4, 0.2), ALWAYS_ON, NEVER_OFF),
  large('claude-fable-5-2', price(8, 0.2), ALWAYS_ON, NEVER_OFF),
  large('claude-fable-5-1', price(10, 0.25), ALWAYS_ON, NEVER_OFF),
  large('claude-opus-5', price(5, 0.5), SWITCHABLE, CURRENT),
  large('claude-opus-4-8', price(5, 0.5), SWITCHABLE, CURRENT),
  large('claude-opus-4-7', price(5, 0.5), SWITCHABLE, { ...CURRENT, midConversationSystem: 'user' }),
  large('claude-sonnet-5', price(2, 0.2), SWITCHABLE, { ...CURRENT, midConversationSystem: 'user' }),
  large('claude-sonnet-4-6', price(3, 0.3), { efforts: ['low', 'medium', 'high', 'max'], canDisable: true }, OLDER),
  small('claude-sonnet-4-5', price(3, 0.3)),
  small('claude-haiku-4-5', price(1, 0.1)),
];

/** Output costs five times as much as input with all of them, and writing to the cache a quarter more. */
function price(input: number, cacheRead: number): ModelPrice {
  return { input, output: input * 5, cacheRead, cacheWrite: input * 1.25 };
}

function large(id: string, cost: ModelPrice, reasoning: ReasoningFacts, quirks: Quirks): ModelFacts {
  return {
    id,
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: MODALITIES,
    price: cost,
    reasoning,
    quirks,
  };
}

function small(id: string, cost: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 200_000,
    maxOutputTokens: 64_000,
    modalities: MODALITIES,
    price: cost,
    reasoning: BUDGET,
    quirks: { ...OLDER, thinkingTypes: ['enabled', 'disabled'] },
  };
}
