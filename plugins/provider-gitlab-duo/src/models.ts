import type { ModelFacts, ModelSlots, Quirks, ReasoningFacts } from '@claudex/sdk';

// Ids of GitLab's own client (npm gitlab-ai-provider 6.15.0, 2026-09-22); sizes and levels are those of the models at their
// vendors (pi-ai model data 1.5.2, 2026-11-10), for GitLab publishes none. There are no prices: GitLab counts credits.

/** The models with which GitLab Duo serves Claude Code's slots. */
export const SLOTS: ModelSlots = {
  default: 'claude-sonnet-5',
  haiku: 'claude-haiku-4-5-20251001',
  sonnet: 'claude-sonnet-5',
  opus: 'claude-opus-5',
  fable: 'claude-fable-5-1',
};

const PICTURES = { input: ['text', 'image'], output: ['text'] };
const M = 1_000_000;
/** Prompt and answer together, as OpenAI's own API has it. */
const LARGE = 1_050_000;

// From opus-4.8 on they think adaptively or not at all, and take no sampling parameters.
const NO_SAMPLING = ['temperature', 'top_p', 'top_k'];
const ADAPTIVE: Quirks = { thinkingTypes: ['adaptive', 'disabled'], omitFields: NO_SAMPLING };
const ALWAYS_ADAPTIVE: Quirks = { thinkingTypes: ['adaptive'], omitFields: NO_SAMPLING };
/** For models before that, which know no system messages inside a conversation either. */
const BUDGETED: Quirks = { thinkingTypes: ['enabled', 'disabled'], midConversationSystem: 'user' };

const BY_BUDGET: ReasoningFacts = { efforts: [], canDisable: true, budget: { min: 1_024 } };
const UP_TO_MAX: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const ALWAYS_ON: ReasoningFacts = { ...UP_TO_MAX, canDisable: false };
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const WITHOUT_MAX: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh'], canDisable: true };

/** The models of GitLab Duo that can code. */
export const MODELS: readonly ModelFacts[] = [
  { ...claude('claude-haiku-4-5-20251001', 200_000, 64_000), reasoning: BY_BUDGET, quirks: BUDGETED },
  { ...claude('claude-sonnet-4-5-20250929', 200_000, 64_000), reasoning: BY_BUDGET, quirks: BUDGETED },
  {
    ...claude('claude-sonnet-5', M, 128_000),
    reasoning: UP_TO_MAX,
    quirks: { ...ADAPTIVE, midConversationSystem: 'user' },
  },
  { ...claude('claude-opus-5', M, 128_000), reasoning: UP_TO_MAX, quirks: ADAPTIVE },
  { ...claude('claude-fable-5-1', M, 128_000), reasoning: ALWAYS_ON, quirks: ALWAYS_ADAPTIVE },
  gpt('gpt-5.4-mini', 400_000, WITHOUT_MAX),
  gpt('gpt-5.5-2026-04-23', LARGE, WITHOUT_MAX),
  gpt('gpt-5.6-luna', LARGE, SWITCHABLE),
  gpt('gpt-5.6-terra', LARGE, SWITCHABLE),
  gpt('gpt-5.6-sol', LARGE, SWITCHABLE),
  gpt('gpt-6-astra', LARGE, ALWAYS_ON),
];

function claude(id: string, contextWindow: number, maxOutputTokens: number): ModelFacts {
  return { id, protocol: 'anthropic-messages', contextWindow, maxOutputTokens, modalities: PICTURES };
}

function gpt(id: string, contextWindow: number, reasoning: ReasoningFacts): ModelFacts {
  return { id, protocol: 'openai-responses', contextWindow, maxOutputTokens: 128_000, modalities: PICTURES, reasoning };
}
