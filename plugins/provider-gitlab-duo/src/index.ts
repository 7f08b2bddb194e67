import { defineProvider, type ClaudexHook } from '@claudex/sdk';
import { connect } from './connect.ts';
import { MODELS, SLOTS } from './models.ts';

/**
 * GitLab Duo, as GitLab lets agents of others use it: the token of an instance is exchanged for one of the AI gateway,
 * which passes requests on to the vendors in their own protocols. Addresses and exchange are those of GitLab's own client
 * (npm gitlab-ai-provider 6.15.0, 2026-09-22).
 */
export const gitlabDuo = defineProvider({
  specVersion: 1,
  id: 'gitlab-duo',
  title: 'GitLab Duo',
  protocol: 'anthropic-messages',
  options: {
    instance: {
      meaning: 'address of the GitLab instance',
      kind: 'address',
      default: 'https://gitlab.com',
      variables: ['GITLAB_INSTANCE_URL'],
    },
    gateway: {
      meaning: 'address of the AI gateway, where the instance has its own',
      kind: 'address',
      default: 'https://cloud.gitlab.com',
      variables: ['GITLAB_AI_GATEWAY_URL'],
    },
  },
  endpoints: [
    {
      bases: {
        'anthropic-messages': '{gateway}/ai/v1/proxy/anthropic',
        'openai-responses': '{gateway}/ai/v1/proxy/openai/v1',
        'openai-chat': '{gateway}/ai/v1/proxy/openai/v1',
      },
      modelList: 'none',
    },
  ],
  keyVariables: ['GITLAB_TOKEN'],
  keyPage: 'https://gitlab.com/-/user_settings/personal_access_tokens',
  models: SLOTS,
  knownModels: MODELS,
  publicLists: ['gitlab'],
  connect,
  wires: {
    'anthropic-messages': { quirks: { signedThinking: true } },
    // The models are OpenAI's own, with their rules for parameters and schemas.
    'openai-responses': {
      quirks: { documents: 'file', schemaDialect: 'plain-root', omitFields: ['temperature', 'top_p'] },
    },
    'openai-chat': {
      quirks: {
        maxOutputTokensField: 'max_completion_tokens',
        schemaDialect: 'plain-root',
        toolCallIdMaxLength: 40,
        omitFields: ['temperature', 'top_p', 'stop'],
      },
    },
  },
  policy:
    'GitLab offers this way for agents of others; it takes Premium or Ultimate with GitLab Duo and uses its credits.',
  knownGaps: [
    'The login comes with "claudex auth login"; until then the key is a personal access token with the scope "api".',
    'GitLab gives no list of models, so new ones have to be named in the profile.',
  ],
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [gitlabDuo];

export default answerProviders;
