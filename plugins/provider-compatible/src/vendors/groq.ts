import { defineProvider, type ModelFacts, type Quirks, type ReasoningFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10.
const GPT_OSS: ReasoningFacts = { efforts: ['low', 'medium', 'high'], canDisable: false };

// gpt-oss sends its reasoning apart by itself and refuses the word for it; Qwen has to be told (Groq's documentation, autumn
// 2026).
const APART: Quirks = { extraFields: { reasoning_format: 'parsed' } };

const MODELS: readonly ModelFacts[] = [
  {
    id: 'openai/gpt-oss-120b',
    contextWindow: 131_072,
    maxOutputTokens: 65_536,
    modalities: TEXT,
    price: { input: 0.15, output: 0.6, cacheRead: 0.075 },
    reasoning: GPT_OSS,
  },
  {
    id: 'openai/gpt-oss-20b',
    contextWindow: 131_072,
    maxOutputTokens: 65_536,
    modalities: TEXT,
    price: { input: 0.075, output: 0.3, cacheRead: 0.0375 },
    reasoning: GPT_OSS,
  },
  {
    id: 'qwen/qwen3.8-27b',
    contextWindow: 131_072,
    maxOutputTokens: 16_384,
    modalities: PICTURES,
    price: { input: 0.8, output: 4 },
    reasoning: { efforts: ['none', 'low', 'medium', 'high'], canDisable: true },
    quirks: APART,
  },
  {
    id: 'qwen/qwen3.6-27b',
    contextWindow: 131_072,
    maxOutputTokens: 16_384,
    modalities: PICTURES,
    price: { input: 0.6, output: 3, cacheRead: 0.3 },
    reasoning: { efforts: ['none', 'high'], canDisable: true },
    quirks: { ...APART, effortWords: { high: 'default' } },
  },
  {
    id: 'llama-3.3-70b-versatile',
    contextWindow: 131_072,
    maxOutputTokens: 32_768,
    modalities: TEXT,
    price: { input: 0.59, output: 0.79 },
    reasoning: { efforts: [] },
  },
];

/** Groq, over Chat: it documents no imitation of Anthropic's protocol, and its Responses is a beta. */
export const groq = defineProvider({
  specVersion: 1,
  id: 'groq',
  title: 'Groq',
  protocol: 'openai-chat',
  endpoints: [
    {
      bases: {
        'openai-chat': 'https://api.groq.com/openai/v1',
        'openai-responses': 'https://api.groq.com/openai/v1',
      },
    },
  ],
  keyVariables: ['GROQ_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'openai/gpt-oss-120b',
    haiku: 'openai/gpt-oss-20b',
    sonnet: 'openai/gpt-oss-120b',
    opus: 'qwen/qwen3.8-27b',
  },
  knownModels: MODELS,
  publicLists: ['groq'],
  // A temperature of 0 counts as 1e-8 (Groq's documentation, autumn 2026). A schema for the answer is refused beside tools and
  // in streams, which is how the client asks; unverified.
  wires: {
    'openai-chat': {
      quirks: {
        maxOutputTokensField: 'max_completion_tokens',
        reasoningReplay: 'reasoning',
        minTemperature: 1e-8,
        omitFields: ['logprobs', 'top_logprobs', 'logit_bias'],
        responseFormat: 'none',
      },
    },
    // Reasoning comes apart there anyway.
    'openai-responses': { quirks: { omitFields: ['reasoning_format'] } },
  },
  keyPage: 'https://console.groq.com/keys',
  knownGaps: [
    'No model has a window above 131,072 tokens: Claude Code with MCP servers fills it fast.',
    'An account of a low tier may send fewer tokens per minute than one long prompt has.',
    'Documents are not taken: the text of a PDF is not seen.',
  ],
});
