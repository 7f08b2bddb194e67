import { defineProvider, type ModelFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { PICTURES, TEXT } from '../modalities.ts';

// Sizes, prices and levels: pi-ai model data 1.5.2, 2026-11-10. gpt-oss refuses `none` and `minimal`.
const MODELS: readonly ModelFacts[] = [
  {
    id: 'gpt-oss-120b',
    contextWindow: 131_072,
    maxOutputTokens: 40_960,
    modalities: TEXT,
    price: { input: 0.35, output: 0.75 },
    reasoning: { efforts: ['low', 'medium', 'high'], canDisable: false },
  },
  {
    id: 'qwen-3.8-27b',
    contextWindow: 131_072,
    maxOutputTokens: 40_960,
    modalities: PICTURES,
    price: { input: 0.99, output: 1.49 },
    reasoning: { efforts: ['none', 'low', 'medium', 'high'], canDisable: true },
  },
];

/** Cerebras, over Chat, which is all it has. */
export const cerebras = defineProvider({
  specVersion: 1,
  id: 'cerebras',
  title: 'Cerebras',
  protocol: 'openai-chat',
  endpoints: [{ bases: { 'openai-chat': 'https://api.cerebras.ai/v1' } }],
  keyVariables: ['CEREBRAS_API_KEY'],
  authenticate: bearer,
  headers: { 'x-cerebras-3rd-party-integration': 'claudex' },
  models: {
    default: 'qwen-3.8-27b',
    haiku: 'gpt-oss-120b',
    sonnet: 'qwen-3.8-27b',
    opus: 'qwen-3.8-27b',
  },
  knownModels: MODELS,
  publicLists: ['cerebras'],
  // Sources of autumn 2026 disagree on whether penalties, parallel_tool_calls and a forced choice of tools are refused, so
  // none of them is sent.
  quirks: {
    maxOutputTokensField: 'max_completion_tokens',
    reasoningReplay: 'reasoning',
    parallelToolCallsSwitch: false,
    forcedToolChoice: false,
    extraFields: { reasoning_format: 'parsed' },
    omitFields: ['frequency_penalty', 'presence_penalty', 'logit_bias', 'service_tier'],
  },
  keyPage: 'https://cloud.cerebras.ai',
  knownGaps: [
    'No model has a window above 131,072 tokens: Claude Code with MCP servers fills it fast.',
    'Free accounts may send few tokens per minute.',
    'A model cannot be made to call a tool.',
    'Documents are not taken: the text of a PDF is not seen.',
  ],
});
