import { defineProvider, type ClaudexHook, type Quirks } from '@claudex/sdk';
import { MODELS, SLOTS } from './models.ts';

// All listed models reason. Such models refuse max_tokens, every sampling parameter and stop sequences. The root of a
// tool's schema must be a plain object (OpenAI's reference, November 2026).
const QUIRKS: Quirks = {
  documents: 'file',
  promptCacheKey: true,
  webSearch: 'tool',
  schemaDialect: 'plain-root',
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

// Chat clamps ids of calls to 40 characters (pi-ai's wire code 1.5.2) and knows the role `developer`, also in the middle of
// a conversation. It keeps answers unless it is told not to.
const CHAT: Quirks = {
  maxOutputTokensField: 'max_completion_tokens',
  instructionRole: 'developer',
  midConversationSystem: 'keep',
  toolCallIdMaxLength: 40,
  storeSwitch: true,
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
  options: {
    organization: { meaning: 'id of the organization that is billed', variables: ['OPENAI_ORG_ID'] },
    project: { meaning: 'id of the project that is billed', variables: ['OPENAI_PROJECT'] },
  },
  endpoints: [
    { bases: { 'openai-responses': 'https://api.openai.com/v1', 'openai-chat': 'https://api.openai.com/v1' } },
  ],
  keyVariables: ['OPENAI_API_KEY'],
  headers: { 'openai-organization': '{organization}', 'openai-project': '{project}' },
  models: SLOTS,
  knownModels: MODELS,
  publicLists: ['openai'],
  quirks: QUIRKS,
  wires: { 'openai-chat': { quirks: CHAT } },
  keyPage: 'https://platform.openai.com/api-keys',
  knownGaps: ['Over Chat, which a profile can insist on, newer models refuse tools while they reason.'],
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [openai];

export default answerProviders;
