import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { MISTRAL_MODELS } from '../models/mistral.ts';

/** Mistral, over Chat: its Responses is a preview, and it documents no imitation of Anthropic's protocol. */
export const mistral = defineProvider({
  specVersion: 1,
  id: 'mistral',
  title: 'Mistral',
  protocol: 'openai-chat',
  endpoints: [
    { bases: { 'openai-chat': 'https://api.mistral.ai/v1', 'openai-responses': 'https://api.mistral.ai/v1' } },
  ],
  keyVariables: ['MISTRAL_API_KEY'],
  authenticate: bearer,
  models: {
    default: 'mistral-large-4',
    haiku: 'mistral-small-2603',
    sonnet: 'mistral-medium-3.5',
    opus: 'mistral-large-4',
  },
  knownModels: MISTRAL_MODELS,
  publicLists: ['mistral'],
  wires: {
    // Ids of calls are exactly nine letters and digits (error 3280), no user may speak right behind a tool (error 3230), so
    // that pictures stay in the results of tools, where they are taken (pi-ai's wire code 1.5.2, 2026-11-10),
    // fields that Mistral does not know are refused, and usage comes without being asked for (Mistral's API reference,
    // autumn 2026).
    'openai-chat': {
      quirks: {
        toolCallIdMaxLength: 9,
        textAfterToolResults: 'append',
        toolResultMedia: 'inline',
        documents: 'document_url',
        promptCacheKey: true,
        streamUsage: false,
        omitFields: ['logit_bias', 'seed', 'logprobs', 'top_logprobs'],
      },
    },
    // The preview is stateless and refuses these.
    'openai-responses': {
      quirks: {
        storeSwitch: false,
        omitFields: ['store', 'previous_response_id', 'conversation', 'background', 'prompt'],
      },
    },
  },
  keyPage: 'https://console.mistral.ai/api-keys',
  knownGaps: ['mistral-large-latest still names the model before mistral-large-4.'],
});
