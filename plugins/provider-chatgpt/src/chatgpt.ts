import { defineProvider } from '@claudex/sdk';
import { MODELS, SLOTS } from './models.ts';

/**
 * A ChatGPT plan by "Sign in with ChatGPT", the vendor's own way for open-source and locally run programs, over the public
 * Responses API with rules of its own (developers.openai.com/siwc, announced 2026-09-29; a third party's review with a live
 * run, relmio 2026-10-05): nothing is stored, everything is streamed, no limit of the answer and no sampling is taken, and
 * functions are refused outside of the input.
 */
export const chatgpt = defineProvider({
  specVersion: 1,
  id: 'chatgpt',
  title: 'ChatGPT',
  protocol: 'openai-responses',
  endpoints: [
    {
      bases: { 'openai-responses': 'https://api.openai.com/v1' },
      // Without a version of the vendor's own client, of which 0.160.0 was one in October 2026, newer models are left out.
      modelList: 'https://api.openai.com/v1/models?client_version=0.160.0',
    },
  ],
  // Never the variable of the API's own key: that one is paid by use.
  keyVariables: ['CHATGPT_ACCESS_TOKEN'],
  models: SLOTS,
  knownModels: MODELS,
  quirks: {
    streaming: 'only',
    maxOutputTokensField: 'none',
    toolsPlacement: 'input',
    schemaDialect: 'plain-root',
    documents: 'file',
    webSearch: 'none',
    omitFields: [
      'temperature',
      'top_p',
      'top_logprobs',
      'max_output_tokens',
      'max_tool_calls',
      'metadata',
      'moderation',
      'multi_agent',
      'prompt',
      'safety_identifier',
      'user',
      'truncation',
      'background',
      'conversation',
      'previous_response_id',
      'prompt_cache_retention',
      'prompt_cache_options',
      'configuration_update',
    ],
  },
  policy:
    'Official for open-source and locally run programs, with a weekly limit per program. The terms of 2026-09-29 (section 2) keep a sign-in to the program it was made for; whether a proxy behind Claude Code is one is an open question, so use it at your own risk.',
  knownGaps: [
    'The login comes with "claudex auth login"; until then the key is an access token, which lasts an hour.',
    'When the plan is used up the request fails, and nobody is asked instead but the backups that the profile names; https://chatgpt.com/settings/usage shows what is left.',
    'The vendor searches no web for plans here; whether it would is unverified.',
  ],
});
