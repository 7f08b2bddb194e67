import { defineProvider, type ModelFacts, type ModelPrice, type ProviderEndpoint } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { PICTURES } from '../modalities.ts';

// Sizes and prices: pi-ai model data 1.5.2, 2026-11-10. Reasoning has a switch and no levels.
const MODELS: readonly ModelFacts[] = [
  model('mimo-v2.6-flash', { input: 0.14, output: 0.28, cacheRead: 0.0028 }),
  model('mimo-v2.6-pro', { input: 0.435, output: 0.87, cacheRead: 0.0036 }),
  model('mimo-v2.6-pro-ultraspeed', { input: 4.35, output: 8.7, cacheRead: 0.036 }),
];

/** A token plan has a host of its own in each region, and keys of its own (Xiaomi's documentation, June 2026). */
const PLAN_KEYS = ['MIMO_TOKEN_PLAN_API_KEY', 'XIAOMI_API_KEY', 'MIMO_API_KEY'];

/**
 * Xiaomi MiMo, by Anthropic's protocol. A prompt that is too long is not refused but cut, and answered with nothing; over
 * Chat, reasoning must come back on every assistant message with calls (pi-ai model data 1.5.2, 2026-11-10).
 */
export const mimo = defineProvider({
  specVersion: 1,
  id: 'mimo',
  title: 'Xiaomi MiMo',
  protocol: 'anthropic-messages',
  options: {
    plan: {
      meaning: 'way of paying',
      choices: { usage: 'by the token', token: 'Token Plan, with a key that begins with tp-' },
      default: 'usage',
    },
    region: {
      meaning: 'region of a Token Plan',
      choices: { singapore: 'Singapore', europe: 'Amsterdam', china: 'mainland China' },
      default: 'singapore',
    },
  },
  endpoints: [
    { when: { plan: 'token', region: 'china' }, ...planAt('cn') },
    { when: { plan: 'token', region: 'europe' }, ...planAt('ams') },
    { when: { plan: 'token' }, ...planAt('sgp') },
    at('https://api.xiaomimimo.com'),
  ],
  keyVariables: ['XIAOMI_API_KEY', 'MIMO_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'mimo-v2.6-pro',
    haiku: 'mimo-v2.6-flash',
    sonnet: 'mimo-v2.6-pro',
    opus: 'mimo-v2.6-pro',
  },
  knownModels: MODELS,
  publicLists: ['xiaomi'],
  wires: {
    'anthropic-messages': { quirks: { ...IMITATION, thinkingTypes: ['enabled', 'disabled'] } },
    'openai-chat': {
      quirks: {
        maxOutputTokensField: 'max_completion_tokens',
        reasoningRequest: 'thinking-switch',
        reasoningReplay: 'reasoning_content',
        missingReasoning: 'empty',
      },
    },
  },
  keyPage: 'https://platform.xiaomimimo.com/#/console/api-keys',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'A prompt that is too long is cut without a word, so keep the context_window of a profile true.',
  ],
});

function planAt(cluster: string): Omit<ProviderEndpoint, 'when'> {
  return {
    ...at(`https://token-plan-${cluster}.xiaomimimo.com`),
    keyVariables: PLAN_KEYS,
    keyPage: 'https://platform.xiaomimimo.com/#/console/plan-manage',
  };
}

function at(host: string): Omit<ProviderEndpoint, 'when'> {
  return {
    bases: { 'anthropic-messages': `${host}/anthropic`, 'openai-chat': `${host}/v1` },
    modelList: `${host}/v1/models`,
  };
}

function model(id: string, price: ModelPrice): ModelFacts {
  return {
    id,
    contextWindow: 1_048_576,
    maxOutputTokens: 131_072,
    modalities: PICTURES,
    price,
    reasoning: { efforts: [], canDisable: true },
  };
}
