import type { ModelFacts, ModelPrice, ModelSlots, Quirks, ReasoningFacts } from '@claudex/sdk';

// Ids, sizes, prices, protocols and levels as of pi-ai model data 1.5.2, 2026-11-10. The vendor counts credits of the plan
// at these prices. Its live list says which protocol a model speaks and how long a prompt may be, and wins over all of it.

/** The models with which GitHub Copilot serves Claude Code's slots. */
export const SLOTS: ModelSlots = {
  default: 'claude-sonnet-5.5',
  haiku: 'claude-haiku-5.5',
  sonnet: 'claude-sonnet-5.5',
  opus: 'claude-opus-5.5',
  fable: 'claude-fable-5.1',
};

const MESSAGES = 'anthropic-messages';
const RESPONSES = 'openai-responses';
const CHAT = 'openai-chat';

const PICTURES = { input: ['text', 'image'], output: ['text'] };

// These take no sampling parameters and no budget: they decide themselves how long they think.
const NO_SAMPLING = ['temperature', 'top_p', 'top_k'];
const ADAPTIVE: Quirks = { thinkingTypes: ['adaptive', 'disabled'], omitFields: NO_SAMPLING };
const ALWAYS_ADAPTIVE: Quirks = { thinkingTypes: ['adaptive'], omitFields: NO_SAMPLING };
/** For models before that, which know no system messages inside a conversation either. */
const BUDGETED: Quirks = { thinkingTypes: ['enabled', 'disabled'], midConversationSystem: 'user' };

const CLAUDE: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
const BY_BUDGET: ReasoningFacts = { efforts: [], canDisable: true, budget: { min: 1_024 } };
const RESTLESS_CLAUDE: ReasoningFacts = { ...CLAUDE, canDisable: false };
const UP_TO_HIGH: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };
const UP_TO_XHIGH: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh'], canDisable: false };
const UP_TO_MAX: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false };
const SWITCHABLE: ReasoningFacts = { efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], canDisable: true };
/** Copilot lets nobody choose how these reason. */
const UNASKED: ReasoningFacts = { efforts: [] };

const M = 1_000_000;

/** The models of GitHub Copilot that can code. */
export const MODELS: readonly ModelFacts[] = [
  claude('claude-haiku-4.5', [200_000, 64_000], [1, 5, 0.1, 1.25], BUDGETED, BY_BUDGET),
  {
    ...claude('claude-haiku-5.5', [M, 128_000], [0.1, 0.5, 0.01, 0.125], ADAPTIVE, CLAUDE),
    price: longer([0.1, 0.5, 0.01, 0.125], 100_000, [0.5, 2.5, 0.05, 0.625]),
  },
  claude('claude-sonnet-4.6', [M, 32_000], [3, 15, 0.3, 3.75], {
    thinkingTypes: ['adaptive', 'disabled'],
    midConversationSystem: 'user',
  }),
  claude('claude-sonnet-5', [M, 128_000], [2, 10, 0.2, 2.5], { ...ADAPTIVE, midConversationSystem: 'user' }, CLAUDE),
  claude('claude-sonnet-5.5', [M, 128_000], [2, 10, 0.1, 2.5], ADAPTIVE, CLAUDE),
  claude('claude-opus-4.8', [M, 64_000], [5, 25, 0.5, 6.25], ADAPTIVE, CLAUDE),
  claude('claude-opus-5', [M, 64_000], [5, 25, 0.5, 6.25], ADAPTIVE, CLAUDE),
  claude('claude-opus-5.5', [M, 128_000], [4, 20, 0.2, 5], ALWAYS_ADAPTIVE, RESTLESS_CLAUDE),
  claude('claude-fable-5', [M, 128_000], [10, 50, 1, 12.5], ALWAYS_ADAPTIVE, RESTLESS_CLAUDE),
  claude('claude-fable-5.1', [M, 128_000], [10, 50, 0.25, 12.5], ALWAYS_ADAPTIVE, RESTLESS_CLAUDE),
  responses('gpt-5.3-codex', [M, 128_000], priceOf([1.75, 14, 0.175]), UP_TO_XHIGH),
  responses('gpt-5.4-nano', [400_000, 128_000], priceOf([0.2, 1.25, 0.02]), UP_TO_XHIGH),
  gpt('gpt-5.6-luna', 1_050_000, [0.2, 1.2, 0.02, 0.25], UP_TO_MAX, 200_000),
  gpt('gpt-5.6-terra', 1_050_000, [2, 12, 0.2, 2.5], UP_TO_MAX),
  gpt('gpt-5.6-sol', 1_050_000, [4, 20, 0.4, 5], UP_TO_MAX),
  gpt('gpt-6-luna', M, [0.1, 0.5, 0.01, 0.125], SWITCHABLE),
  gpt('gpt-6-sol', M, [2, 10, 0.2, 2.5], SWITCHABLE),
  gpt('gpt-6-astra', M, [10, 50, 1, 12.5], UP_TO_MAX),
  gpt('gpt-6.1-terra', 1_050_000, [1, 5, 0.05, 1.25], SWITCHABLE),
  gpt('gpt-6.1-sol', 1_050_000, [2, 10, 0.1, 2.5], UP_TO_MAX),
  grok('grok-4.5', UP_TO_HIGH),
  grok('grok-4.6', UP_TO_XHIGH),
  grok('grok-4.7', UP_TO_XHIGH),
  responses('mai-code-1.1-flash', [256_000, 128_000], priceOf([0.2, 1.2, 0.02]), UP_TO_HIGH),
  chat('gemini-3.8-flash', [M, 64_000], priceOf([0.75, 3.75, 0.075])),
  chat('gemini-4-argon', [1_048_576, 65_536], priceOf([2, 10, 0.1])),
  chat('kimi-k3', [1_048_576, 131_072], priceOf([3, 15, 0.3])),
];

/** The window and the longest answer, in tokens. */
type Sizes = readonly [window: number, output: number];
type Prices = readonly [input: number, output: number, cacheRead: number, cacheWrite?: number];

function claude(id: string, sizes: Sizes, price: Prices, quirks?: Quirks, reasoning?: ReasoningFacts): ModelFacts {
  const more = { ...(quirks && { quirks }), ...(reasoning && { reasoning }) };
  return { ...model(id, MESSAGES, sizes, priceOf(price)), ...more };
}

/** Above a certain length of the prompt, input costs twice as much and output half as much again. */
function gpt(id: string, window: number, price: Prices, reasoning: ReasoningFacts, above = 272_000): ModelFacts {
  const [input, output, cacheRead, cacheWrite = 0] = price;
  const long = longer(price, above, [2 * input, 1.5 * output, 2 * cacheRead, 2 * cacheWrite]);
  return responses(id, [window, 128_000], long, reasoning);
}

function grok(id: string, reasoning: ReasoningFacts): ModelFacts {
  return responses(id, [500_000, 128_000], longer([2, 6, 0.5], 200_000, [4, 12, 1]), reasoning);
}

function responses(id: string, sizes: Sizes, price: ModelPrice, reasoning: ReasoningFacts): ModelFacts {
  return { ...model(id, RESPONSES, sizes, price), reasoning };
}

function chat(id: string, sizes: Sizes, price: ModelPrice): ModelFacts {
  return { ...model(id, CHAT, sizes, price), reasoning: UNASKED };
}

function model(id: string, protocol: string, [contextWindow, maxOutputTokens]: Sizes, price: ModelPrice): ModelFacts {
  return { id, protocol, contextWindow, maxOutputTokens, modalities: PICTURES, price };
}

function longer(price: Prices, above: number, long: Prices): ModelPrice {
  return { ...priceOf(price), long: { above, ...priceOf(long) } };
}

function priceOf([input, output, cacheRead, cacheWrite]: Prices): ModelPrice {
  return { input, output, cacheRead, ...(cacheWrite !== undefined && { cacheWrite }) };
}
