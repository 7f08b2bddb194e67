import { defineProvider, type ClaudexHook } from '@claudex/sdk';
import { AZURE_MODELS } from './models.ts';
import { authenticate, WIRES } from './wires.ts';

const V1 = 'https://{resource}.openai.azure.com/openai/v1';
const CLAUDE = 'https://{resource}.services.ai.azure.com/anthropic';

/**
 * Azure OpenAI and Microsoft Foundry: OpenAI's models by Responses below the address without a version (generally available
 * since August 2025), Claude's by Messages on the host of Foundry, and Chat for all others, by the older address of a
 * deployment where a version is given (Microsoft's documentation, autumn 2026).
 */
export const azure = defineProvider({
  specVersion: 1,
  id: 'azure',
  title: 'Azure OpenAI',
  protocol: 'openai-responses',
  options: {
    resource: {
      meaning: 'name of the Azure resource, the first part of its host',
      variables: ['AZURE_OPENAI_RESOURCE_NAME', 'AZURE_RESOURCE_NAME', 'ANTHROPIC_FOUNDRY_RESOURCE'],
    },
    deployment: {
      meaning: 'name of the deployment in the older address, where it is not that of the model',
      variables: ['AZURE_OPENAI_DEPLOYMENT_NAME'],
    },
    api_version: {
      meaning:
        'version of the API for Chat, such as 2024-10-21; with a date, the older address of a deployment is used',
      variables: ['AZURE_OPENAI_API_VERSION'],
    },
  },
  endpoints: [
    {
      when: { api_version: '*' },
      bases: {
        'openai-responses': V1,
        'openai-chat': 'https://{resource}.openai.azure.com/openai',
        'anthropic-messages': CLAUDE,
      },
      modelList: `${V1}/models`,
    },
    { bases: { 'openai-responses': V1, 'openai-chat': V1, 'anthropic-messages': CLAUDE }, modelList: `${V1}/models` },
  ],
  keyVariables: ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY', 'ANTHROPIC_FOUNDRY_API_KEY'],
  authenticate,
  models: {
    default: 'gpt-6.1-terra',
    haiku: 'gpt-6-luna',
    sonnet: 'gpt-6.1-terra',
    opus: 'gpt-6.1-sol',
  },
  // Whatever Claude's deployments are called, only Messages reaches them.
  protocolOf: (model) => (model.toLowerCase().startsWith('claude') ? 'anthropic-messages' : undefined),
  knownModels: AZURE_MODELS,
  publicLists: ['azure'],
  wires: WIRES,
  keyPage: 'https://ai.azure.com/',
  knownGaps: [
    'A model is named by its deployment: give the profile its context_window and max_output_tokens unless the deployment has the name of its model.',
    'The list of models shows what the region has, not what is deployed.',
    'A deployment of Claude whose name does not begin with "claude" needs provider_type DirectAnthropic.',
    'For another host, such as that of a national cloud, set base_url in the place of AZURE_OPENAI_BASE_URL: for Chat with api_version it ends with /openai, else with /openai/v1.',
    'A token of Entra is taken as a key (az account get-access-token) and is not renewed.',
  ],
});

/** Answers oclif's hook with the one provider of this plugin. */
const answerProviders: ClaudexHook<'claudex:providers'> = () => [azure];

export default answerProviders;
