import type { ModelFacts, ModelSlots, ReasoningFacts } from '@claudex/sdk';

// As of pi-ai model data 1.5.2, 2026-11-10. Which of them a plan offers, and with which window, its own list says; it wins.
// There are no prices: the plan pays.

/** The models with which a ChatGPT plan serves Claude Code's slots. */
export const SLOTS: ModelSlots = {
  default: 'gpt-6.1-terra',
  haiku: 'gpt-6-luna',
  sonnet: 'gpt-6.1-terra',
  opus: 'gpt-6.1-sol',
};

const PICTURES = { input: ['text', 'image'], output: ['text'] };
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };

/** The models of ChatGPT plans that can code. */
export const MODELS: readonly ModelFacts[] = [
  model('gpt-5.6-luna', 272_000, SWITCHABLE),
  model('gpt-5.6-terra', 272_000, SWITCHABLE),
  model('gpt-5.6-sol', 272_000, SWITCHABLE),
  model('gpt-6-luna', 272_000, SWITCHABLE),
  model('gpt-6-sol', 272_000, SWITCHABLE),
  model('gpt-6-astra', 272_000, ALWAYS_ON),
  model('gpt-6.1-terra', 500_000, SWITCHABLE),
  model('gpt-6.1-sol', 500_000, ALWAYS_ON),
];

function model(id: string, contextWindow: number, reasoning: ReasoningFacts): ModelFacts {
  return { id, contextWindow, maxOutputTokens: 128_000, modalities: PICTURES, reasoning };
}
