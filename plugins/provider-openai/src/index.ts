import { defineProvider, type ClaudexHook, type Quirks } from '@claudex/sdk';
import { MODELS, SLOTS } from './models.ts';

// All listed models reason. Such models refuse max_tokens, every sampling parameter and stop sequences. The root of a
// tool's schema must be a plain object, and ids of calls are refused above 40 characters (OpenAI's reference, November
// 2026). Entries that only Chat knows serve a profile that says `provider_type = "OpenAICompatible"`.
const QUIRKS: Quirks = {
  maxOutputTokensField: 'max_completion_tokens',
  documents: 'file',
  promptCacheKey: true,
  webSearch: 'tool',
  schemaDialect: 'plain-root',
  toolCallIdMaxLength: 40,
  omitFields: [
    'temperature',
    'top_p',
    'stop',
    'presence_penalty',
    'frequency_penalty',
    'logprobs',
    'top_logprobs',
    'logit_bias',
  ],
};

/**
 * OpenAI's API with an API key, over Responses: Chat Completions loses the reasoning between turns, and its newer models
 * refuse tools there while they reason.
 */
export const openai = defineProvider({
  specVersion: 1,
  id: 'openai',
  title: 'OpenAI',
  protocol: 'openai-responses',
  baseUrl: 'https://api.openai.com/v1',
  keyVariables: ['OPENAI_API_KEY'],
  models: SLOTS,
  knownModels: MODELS,
  quirks: QUIRKS,
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [openai];

export default answerProviders;
