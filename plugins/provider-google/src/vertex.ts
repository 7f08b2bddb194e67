import { defineProvider, type EndpointCall, type Operation, type ProviderEndpoint } from '@claudex/sdk';
import { CLAUDE_MODELS } from './claude-models.ts';
import { connectVertex } from './connect-vertex.ts';
import { GEMINI_MODELS } from './models.ts';

/**
 * Google Vertex AI: Claude by Messages, whose body has the version and whose address has the model; Gemini by Google's own
 * protocol; all others by Chat. The host depends on the location (Anthropic's SDK for Vertex, August 2026).
 */
export const vertex = defineProvider({
  specVersion: 1,
  id: 'vertex',
  title: 'Google Vertex AI',
  protocol: 'anthropic-messages',
  options: {
    project: {
      meaning: 'id of the Google Cloud project',
      variables: ['ANTHROPIC_VERTEX_PROJECT_ID', 'GOOGLE_VERTEX_PROJECT', 'GOOGLE_CLOUD_PROJECT'],
    },
    location: {
      meaning: 'location: global, us, eu, or a region such as us-east5',
      default: 'global',
      variables: ['GOOGLE_VERTEX_LOCATION', 'GOOGLE_CLOUD_LOCATION', 'CLOUD_ML_REGION'],
    },
    credentials_file: {
      meaning: 'file of credentials',
      kind: 'file',
      variables: ['GOOGLE_APPLICATION_CREDENTIALS'],
    },
    plan: {
      meaning: 'way in',
      choices: {
        project: 'a Google Cloud project, with the credentials of this machine (gcloud auth application-default login)',
        express: 'express mode: an API key without a project, for Gemini alone',
      },
      default: 'project',
    },
  },
  endpoints: [
    {
      when: { plan: 'express' },
      bases: { 'google-gemini': 'https://aiplatform.googleapis.com/v1/publishers/google' },
      modelList: 'none',
      keyVariables: ['GOOGLE_CLOUD_API_KEY'],
      keyPage: 'https://console.cloud.google.com/vertex-ai/studio/settings/api-keys',
      models: {
        default: 'gemini-3.8-flash',
        haiku: 'gemini-3.5-flash-lite',
        sonnet: 'gemini-3.8-flash',
        opus: 'gemini-4-argon',
        fable: 'gemini-4-argon',
      },
    },
    { when: { location: 'global' }, ...at('aiplatform.googleapis.com') },
    { when: { location: 'us' }, ...at('aiplatform.us.rep.googleapis.com') },
    { when: { location: 'eu' }, ...at('aiplatform.eu.rep.googleapis.com') },
    at('{location}-aiplatform.googleapis.com'),
  ],
  needsCredential: false,
  models: {
    default: 'claude-sonnet-5-5@default',
    haiku: 'claude-haiku-5-5@default',
    sonnet: 'claude-sonnet-5-5@default',
    opus: 'claude-opus-5-5@default',
    fable: 'claude-fable-5-2@default',
  },
  protocolOf: (model) => {
    if (model.startsWith('gemini-')) return 'google-gemini';
    return model.includes('/') ? 'openai-chat' : undefined;
  },
  knownModels: [...CLAUDE_MODELS, ...GEMINI_MODELS],
  publicLists: ['google-vertex', 'google-vertex-anthropic'],
  wires: {
    'anthropic-messages': {
      endpoint: claudePath,
      quirks: {
        signedThinking: true,
        omitFields: ['model'],
        extraFields: { anthropic_version: 'vertex-2023-10-16' },
      },
    },
    'google-gemini': { quirks: { webSearch: 'tool' } },
  },
  connect: connectVertex,
  keyPage: 'https://console.cloud.google.com/apis/credentials',
  knownGaps: [
    'There is no list of models: name them by their ids.',
    'A model has to be enabled for the project in the Model Garden, and not every location has every model.',
    'Models of other publishers are named publisher/model, such as zai-org/glm-5-maas, and reached by Chat.',
  ],
});

function at(host: string): ProviderEndpoint {
  const base = `https://${host}/v1/projects/{project}/locations/{location}`;
  return {
    bases: {
      'anthropic-messages': `${base}/publishers/anthropic/models`,
      'google-gemini': `${base}/publishers/google`,
      'openai-chat': `${base}/endpoints/openapi`,
    },
    modelList: 'none',
  };
}

/** The `@` before a version stays as it is. */
function claudePath(operation: Operation, model: string, { stream }: EndpointCall): string | undefined {
  if (operation === 'models') return undefined;
  if (operation === 'count-tokens') return '/count-tokens:rawPredict';
  const name = encodeURIComponent(model).replaceAll('%40', '@');
  return `/${name}:${stream ? 'streamRawPredict' : 'rawPredict'}`;
}
