import { defineProvider } from '@claudex/sdk';
import { GEMINI_MODELS } from './models.ts';

/**
 * The Gemini API with a key, by Google's own protocol, which alone hands reasoning back from turn to turn. The imitation of
 * Chat is a beta and takes the key as a Bearer token (Google's documentation, November 2026).
 */
export const gemini = defineProvider({
  specVersion: 1,
  id: 'gemini',
  title: 'Google Gemini',
  protocol: 'google-gemini',
  endpoints: [
    {
      bases: {
        'google-gemini': 'https://generativelanguage.googleapis.com/v1beta',
        'openai-chat': 'https://generativelanguage.googleapis.com/v1beta/openai',
      },
    },
  ],
  keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  models: {
    default: 'gemini-3.8-flash',
    haiku: 'gemini-3.5-flash-lite',
    sonnet: 'gemini-3.8-flash',
    opus: 'gemini-4-argon',
  },
  knownModels: GEMINI_MODELS,
  publicLists: ['google'],
  quirks: { webSearch: 'tool' },
  wires: { 'openai-chat': { quirks: { schemaDialect: 'gemini', webSearch: 'none' } } },
  keyPage: 'https://aistudio.google.com/apikey',
  policy:
    'Signing in with a Google account ended for individuals on 2026-06-18: an API key, or Vertex AI, is the way that is left.',
  knownGaps: [
    'Over Chat the signatures of reasoning get lost, which Gemini 3 and later refuse in a loop of tools.',
    'Before Gemini 3, web search cannot be had together with other tools.',
  ],
});
