import { defineProvider } from '@claudex/sdk';
import { accountOf } from './account-of.ts';
import { MODELS, SLOTS } from './models.ts';

/**
 * A ChatGPT plan by the service that the vendor's Codex programs use. It is not documented for others; what it takes is
 * read from open clients of it (pi-ai 1.5.2 of 2026-11-10, opencodex of August 2026).
 */
export const codex = defineProvider({
  specVersion: 1,
  id: 'codex',
  title: 'ChatGPT (Codex)',
  protocol: 'openai-responses',
  endpoints: [
    {
      bases: { 'openai-responses': 'https://chatgpt.com/backend-api/codex' },
      modelList: 'https://chatgpt.com/backend-api/codex/models?client_version=0.160.0',
    },
  ],
  keyVariables: ['CHATGPT_ACCESS_TOKEN'],
  models: SLOTS,
  knownModels: MODELS,
  headers: { 'openai-beta': 'responses=experimental', originator: 'claudex' },
  authenticate(credential) {
    const account = accountOf(credential);
    return {
      authorization: `Bearer ${credential}`,
      ...(account !== undefined && { 'chatgpt-account-id': account }),
    };
  },
  requestHeaders: ({ session }) => (session === undefined ? {} : { 'thread-id': session }),
  quirks: {
    streaming: 'only',
    maxOutputTokensField: 'none',
    emptyInstructions: true,
    schemaDialect: 'plain-root',
    documents: 'file',
    sessionHeader: 'session-id',
    webSearch: 'none',
    omitFields: [
      'temperature',
      'top_p',
      'stop',
      'max_output_tokens',
      'metadata',
      'user',
      'previous_response_id',
      'prompt_cache_retention',
      'safety_identifier',
      'stream_options',
    ],
  },
  policy:
    'Not offered for programs other than the vendor’s own, and replaced by "Sign in with ChatGPT" (provider "chatgpt"); what the vendor thinks of this use is not stated, so use it at your own risk.',
  knownGaps: [
    'The login comes with "claudex auth login"; until then the key is an access token of a ChatGPT login.',
    'When the plan is used up the request fails, and nobody is asked instead but the backups that the profile names; https://chatgpt.com/settings/usage shows what is left.',
  ],
});
