import { defineProvider } from '@claudex/sdk';
import { bearer } from '../bearer.ts';
import { OPENROUTER_MODELS } from '../models/openrouter.ts';

/**
 * OpenRouter. Claude's models are reached by Anthropic's protocol, in which the vendor keeps the signatures of their
 * reasoning. All other models are better off with Chat: over Anthropic's protocol their reasoning comes without a
 * signature and is lost (pi issue 7996, filed for OpenRouter, August 2026), and OpenRouter's own guide answers for Claude's
 * models only.
 */
export const openrouter = defineProvider({
  specVersion: 1,
  id: 'openrouter',
  title: 'OpenRouter',
  protocol: 'openai-chat',
  options: {
    region: {
      meaning: 'where requests are handled',
      choices: { global: 'anywhere', eu: 'in the EU, for business accounts' },
      default: 'global',
    },
  },
  endpoints: [
    {
      when: { region: 'eu' },
      bases: {
        'openai-chat': 'https://eu.openrouter.ai/api/v1',
        'anthropic-messages': 'https://eu.openrouter.ai/api',
        'openai-responses': 'https://eu.openrouter.ai/api/v1',
      },
      modelList: 'https://eu.openrouter.ai/api/v1/models',
      modelListIsPublic: true,
    },
    {
      bases: {
        'openai-chat': 'https://openrouter.ai/api/v1',
        'anthropic-messages': 'https://openrouter.ai/api',
        'openai-responses': 'https://openrouter.ai/api/v1',
      },
      modelList: 'https://openrouter.ai/api/v1/models',
      modelListIsPublic: true,
    },
  ],
  keyVariables: ['OPENROUTER_API_KEY'],
  authenticate: bearer,
  // Names that follow the newest model of a family.
  models: {
    default: '~anthropic/claude-sonnet-latest',
    haiku: '~anthropic/claude-haiku-latest',
    sonnet: '~anthropic/claude-sonnet-latest',
    opus: '~anthropic/claude-opus-latest',
    fable: '~anthropic/claude-fable-latest',
  },
  knownModels: OPENROUTER_MODELS,
  publicLists: ['openrouter'],
  // One session stays with one host, whose cache and signatures no other has.
  quirks: { sessionHeader: 'x-session-id' },
  wires: {
    'openai-chat': {
      quirks: {
        maxOutputTokensField: 'max_completion_tokens',
        reasoningRequest: 'reasoning-object',
        documents: 'file',
        webSearch: 'openrouter-plugin',
        topK: true,
      },
    },
  },
  keyPage: 'https://openrouter.ai/settings/keys',
  knownGaps: [
    'Parameters that the chosen host does not know are dropped without a word.',
    "Prices of models that several hosts serve vary with the host; the list of OpenRouter has today's.",
    'Claude models that are not known by name are reached over Chat.',
  ],
});
