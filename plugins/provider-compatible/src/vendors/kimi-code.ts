import { defineProvider, type ModelFacts, type ReasoningFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { IMITATION } from '../imitation.ts';
import { KIMI_CHAT, KIMI_LOCKED } from '../kimi.ts';
import { PICTURES } from '../modalities.ts';

// Sizes and levels: pi-ai model data 1.5.2, 2026-11-10. A plan is not paid by the token, so there are no prices.
const K3: ReasoningFacts = { efforts: ['low', 'high', 'max'], canDisable: false };

const MODELS: readonly ModelFacts[] = [
  k3('k3.1-pro', 1_048_576, 131_072),
  k3('k3.1-pro-highspeed', 1_048_576, 131_072),
  k3('k3', 1_048_576, 131_072),
  k3('k3-256k', 262_144, 131_072),
  // An alias that moves with the plan; it can be asked to call no tool but not to call one.
  { ...k3('kimi-for-coding', 1_048_576, 32_768), quirks: { forcedToolChoice: false } },
  {
    ...k3('kimi-for-coding-highspeed', 262_144, 32_768),
    reasoning: { efforts: [], canDisable: false },
    quirks: { reasoningRequest: 'thinking-switch', thinkingTypes: ['enabled'], forcedToolChoice: false },
  },
];

/**
 * The Kimi Code plan, by Anthropic's protocol, which the vendor documents for Claude Code. Its keys and those of Moonshot's
 * API do not work in each other's place (Kimi Code's documentation, November 2026).
 */
export const kimiCode = defineProvider({
  specVersion: 1,
  id: 'kimi-code',
  title: 'Kimi Code',
  protocol: 'anthropic-messages',
  options: {
    region: {
      meaning: 'host of the plan',
      choices: { com: 'kimi.com', ai: 'kimi.ai, the second region' },
      default: 'com',
    },
  },
  endpoints: [
    {
      bases: {
        'anthropic-messages': 'https://api.kimi.{region}/coding',
        'openai-chat': 'https://api.kimi.{region}/coding/v1',
      },
      modelList: 'https://api.kimi.{region}/coding/v1/models',
    },
  ],
  keyVariables: ['KIMI_API_KEY', 'KIMI_CODING_API_KEY'],
  authenticate: bearer,
  models: { default: 'k3.1-pro', haiku: 'k3-256k', sonnet: 'k3.1-pro', opus: 'k3.1-pro' },
  knownModels: MODELS,
  publicLists: ['kimi-for-coding'],
  quirks: { missingReasoning: 'empty', imageUrls: false, omitFields: KIMI_LOCKED },
  wires: {
    'anthropic-messages': { quirks: { ...IMITATION, omitFields: [...KIMI_LOCKED, 'context_management'] } },
    'openai-chat': { quirks: KIMI_CHAT },
  },
  keyPage: 'https://www.kimi.com/code/console',
  policy: 'The plan is for coding agents, Claude Code among them; it refuses clients that it does not admit.',
  knownGaps: [
    'Only the higher tiers have a window of 1,048,576 tokens; set context_window = 262144 on the others.',
    'Documents are not taken: the text of a PDF is not seen.',
    'Over Chat, Claudex asks in its own name, which the plan may refuse.',
    'Whether both regions share accounts is unverified.',
  ],
});

function k3(id: string, contextWindow: number, maxOutputTokens: number): ModelFacts {
  return { id, contextWindow, maxOutputTokens, modalities: PICTURES, reasoning: K3 };
}
