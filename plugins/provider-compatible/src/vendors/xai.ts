import { defineProvider, type ModelFacts, type ModelPrice, type ReasoningFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { PICTURES } from '../modalities.ts';

// Sizes and prices: pi-ai model data 1.5.2, 2026-11-10; its limits of the answer are those of the window, so that xAI's
// own default of 128,000 tokens stands here. grok-4.5 takes no `xhigh` (xAI's documentation, November 2026).
const TO_XHIGH: ReasoningFacts = { efforts: ['low', 'medium', 'high', 'xhigh'], canDisable: false };
const PRICE: ModelPrice = {
  input: 2,
  output: 6,
  cacheRead: 0.5,
  long: { above: 200_000, input: 4, output: 12, cacheRead: 1 },
};

const MODELS: readonly ModelFacts[] = [
  grok('grok-4.7', PRICE, TO_XHIGH),
  grok('grok-4.6', PRICE, TO_XHIGH),
  grok(
    'grok-4.5',
    { ...PRICE, cacheRead: 0.3, long: { above: 200_000, input: 4, output: 12, cacheRead: 0.6 } },
    { efforts: ['low', 'medium', 'high'], canDisable: false },
  ),
  {
    ...grok(
      'grok-4.3',
      { input: 1.25, output: 2.5, cacheRead: 0.2, long: { above: 200_000, input: 2.5, output: 5, cacheRead: 0.4 } },
      { efforts: ['none', 'low', 'medium', 'high', 'xhigh'], canDisable: true },
    ),
    contextWindow: 1_000_000,
    maxOutputTokens: 30_000,
  },
  {
    ...grok(
      'grok-build-0.1',
      { input: 1, output: 2, cacheRead: 0.2, long: { above: 200_000, input: 2, output: 4, cacheRead: 0.4 } },
      { efforts: ['high'], canDisable: false },
    ),
    contextWindow: 256_000,
  },
];

/**
 * xAI's Grok, over Responses: Chat is deprecated there and loses the reasoning, and the imitation of Anthropic's protocol
 * is to be switched off (xAI's documentation, November 2026).
 */
export const xai = defineProvider({
  specVersion: 1,
  id: 'xai',
  title: 'xAI (Grok)',
  protocol: 'openai-responses',
  options: {
    region: {
      meaning: 'where requests are handled',
      choices: { global: 'anywhere', us: 'in the United States, grok-4.6 and grok-4.7 only' },
      default: 'global',
    },
  },
  endpoints: [
    {
      when: { region: 'us' },
      bases: { 'openai-responses': 'https://us.api.x.ai/v1', 'openai-chat': 'https://us.api.x.ai/v1' },
    },
    { bases: { 'openai-responses': 'https://api.x.ai/v1', 'openai-chat': 'https://api.x.ai/v1' } },
  ],
  keyVariables: ['XAI_API_KEY'],
  authenticate: bearer,
  models: { default: 'grok-4.7', haiku: 'grok-4.6', sonnet: 'grok-4.7', opus: 'grok-4.7' },
  knownModels: MODELS,
  publicLists: ['xai'],
  // These are refused or do nothing with models that reason.
  quirks: { omitFields: ['stop', 'presence_penalty', 'frequency_penalty', 'logit_bias'] },
  wires: {
    // Calls and their results must stand next to each other (opencodex' registry, August 2026). The role of instructions is
    // unverified.
    'openai-responses': {
      quirks: { instructionRole: 'system', webSearch: 'tool', textAfterToolResults: 'append' },
    },
    'openai-chat': {
      quirks: { reasoningReplay: 'reasoning_content', sessionHeader: 'x-grok-conv-id', maxStopSequences: 0 },
    },
  },
  keyPage: 'https://console.x.ai',
  knownGaps: [
    'In the region us everything costs a tenth more than is shown.',
    'A Grok or X subscription cannot be used: xAI registers no tools of others for it.',
  ],
});

function grok(id: string, price: ModelPrice, reasoning: ReasoningFacts): ModelFacts {
  return { id, contextWindow: 500_000, maxOutputTokens: 128_000, modalities: PICTURES, price, reasoning };
}
