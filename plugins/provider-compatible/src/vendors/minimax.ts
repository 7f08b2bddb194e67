import { defineProvider, type ModelFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. China's prices differ by a few per cent. M3 switches its
// reasoning on and off, M3.1 always reasons and takes a level, M2.7 always reasons (MiniMax's documentation, autumn 2026).
const MODELS: readonly ModelFacts[] = [
  {
    id: 'MiniMax-M3.1-Flash',
    contextWindow: 1_000_000,
    maxOutputTokens: 524_288,
    modalities: PICTURES,
    price: { input: 0.15, output: 0.6, cacheRead: 0.015 },
    reasoning: { efforts: ['low', 'medium', 'high', 'xhigh', 'max'], canDisable: false },
    quirks: { thinkingTypes: ['adaptive'] },
  },
  {
    id: 'MiniMax-M3',
    contextWindow: 1_000_000,
    maxOutputTokens: 524_288,
    modalities: PICTURES,
    price: {
      input: 0.3,
      output: 1.2,
      cacheRead: 0.06,
      long: { above: 512_000, input: 0.6, output: 2.4, cacheRead: 0.12 },
    },
    reasoning: { efforts: [], canDisable: true },
    quirks: { thinkingTypes: ['adaptive', 'disabled'] },
  },
  {
    id: 'MiniMax-M2.7',
    contextWindow: 204_800,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    price: { input: 0.3, output: 1.2, cacheRead: 0.06, cacheWrite: 0.375 },
    reasoning: { efforts: [], canDisable: false },
    quirks: { thinkingTypes: ['enabled', 'disabled'] },
  },
  {
    id: 'MiniMax-M2.7-highspeed',
    contextWindow: 204_800,
    maxOutputTokens: 131_072,
    modalities: TEXT,
    price: { input: 0.6, output: 2.4, cacheRead: 0.06, cacheWrite: 0.375 },
    reasoning: { efforts: [], canDisable: false },
    quirks: { thinkingTypes: ['enabled', 'disabled'] },
  },
];

/**
 * MiniMax, by Anthropic's protocol: the vendor recommends it, and Chat repeats all reasoning in every chunk or puts it
 * into the text. Plans use the same hosts (MiniMax's documentation, autumn 2026).
 */
export const minimax = defineProvider({
  specVersion: 1,
  id: 'minimax',
  title: 'MiniMax',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'region of the account',
      choices: { global: 'minimax.io', china: 'minimaxi.com' },
      default: 'global',
    },
  },
  endpoints: [
    {
      when: { region: 'china' },
      bases: {
        'anthropic-messages': 'https://api.minimaxi.com/anthropic',
        'openai-chat': 'https://api.minimaxi.com/v1',
        'openai-responses': 'https://api.minimaxi.com/v1',
      },
      modelList: 'https://api.minimaxi.com/v1/models',
      keyVariables: ['MINIMAX_CN_API_KEY', 'MINIMAX_API_KEY'],
      keyPage: 'https://platform.minimaxi.com/user-center/basic-information/interface-key',
    },
    {
      bases: {
        'anthropic-messages': 'https://api.minimax.io/anthropic',
        'openai-chat': 'https://api.minimax.io/v1',
        'openai-responses': 'https://api.minimax.io/v1',
      },
      modelList: 'https://api.minimax.io/v1/models',
    },
  ],
  keyVariables: ['MINIMAX_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'MiniMax-M3',
    haiku: 'MiniMax-M3.1-Flash',
    sonnet: 'MiniMax-M3',
    opus: 'MiniMax-M3',
  },
  knownModels: MODELS,
  publicLists: ['minimax', 'minimax-cn'],
  // A temperature of 0 is outside the range (MiniMax's documentation, of early 2026).
  quirks: { minTemperature: 0.01 },
  wires: {
    'anthropic-messages': { quirks: IMITATION },
    // Reasoning goes back word for word as the array it came in, and nothing may stand in its place: at low effort there can
    // be none. Without `reasoning_split` it stands in the text. What is left out here does nothing there.
    'openai-chat': {
      quirks: {
        maxOutputTokensField: 'max_completion_tokens',
        reasoningRequest: 'none',
        reasoningDetails: 'snapshots',
        reasoningReplay: 'reasoning_details',
        thinkTags: true,
        responseFormat: 'none',
        parallelToolCallsSwitch: false,
        forcedToolChoice: false,
        extraFields: { reasoning_split: true },
        omitFields: ['tool_choice', 'frequency_penalty', 'presence_penalty', 'seed'],
      },
    },
  },
  keyPage: 'https://platform.minimax.io/user-center/basic-information/interface-key',
  knownGaps: [
    'Documents are not taken: the text of a PDF is not seen.',
    'Over Chat the degree of reasoning cannot be chosen.',
    'Responses is documented but unverified.',
  ],
});
