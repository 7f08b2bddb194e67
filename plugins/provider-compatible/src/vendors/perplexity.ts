import { defineProvider, type ModelFacts } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { PICTURES } from '../modalities.ts';

// Perplexity bills models of others at their makers' prices: those of Claude from pi-ai model data 1.5.2, 2026-11-10. The
// window of Sonar is unverified.
const MODELS: readonly ModelFacts[] = [
  {
    id: 'anthropic/claude-sonnet-4-6',
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    modalities: PICTURES,
    price: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  },
  { id: 'perplexity/sonar', contextWindow: 128_000 },
];

/**
 * Perplexity's Agent API, which is Responses and routes to models of others, too. Chat was switched off on 2026-09-27. Its
 * own model is made for searching and promises no calls of tools, so that one of Anthropic's is the default: an id of
 * Perplexity's own list (Perplexity's API reference, 2026).
 */
export const perplexity = defineProvider({
  specVersion: 1,
  id: 'perplexity',
  title: 'Perplexity',
  protocol: 'openai-responses',
  // A list of models is mentioned in its reference and unverified.
  endpoints: [{ bases: { 'openai-responses': 'https://api.perplexity.ai/v1' }, modelList: 'none' }],
  keyVariables: ['PERPLEXITY_API_KEY'],
  authenticate: bearer,
  models: { default: 'anthropic/claude-sonnet-4-6' },
  knownModels: MODELS,
  publicLists: ['perplexity'],
  quirks: { webSearch: 'tool', documents: 'none' },
  keyPage: 'https://www.perplexity.ai/settings/api',
  knownGaps: [
    'perplexity/sonar is made for searching and promises no calls of tools.',
    'Documents are not taken: the text of a PDF is not seen.',
    'Signed reasoning of the routed models is unverified.',
  ],
});
