import { defineProtocol, type ClaudexHook, type Operation } from '@claudex/sdk';
import { readFault } from '@claudex/sdk/codec';
import { decodeModels } from './models.ts';
import { encodeRequest } from './request.ts';
import { decodeResponse } from './response.ts';
import { decodeStream } from './stream.ts';

const ENDPOINTS: { readonly [Name in Operation]: string | undefined } = {
  messages: '/chat/completions',
  models: '/models',
  'count-tokens': undefined,
};

/** OpenAI Chat Completions, the dialect that most providers and local servers speak. */
export const openaiChat = defineProtocol({
  specVersion: 1,
  id: 'openai-chat',
  title: 'OpenAI Chat Completions',
  providerTypes: ['OpenAICompatible'],
  endpoint: (operation) => ENDPOINTS[operation],
  webSearches: ['options', 'openrouter-plugin'],
  authenticate: (credential) => ({ authorization: `Bearer ${credential}` }),
  encodeRequest,
  decodeResponse,
  decodeStream,
  decodeFault: readFault,
  decodeModels,
});

/** Answers oclif's hook with the one protocol of this plugin. */
const answerProtocols: ClaudexHook<'claudex:protocols'> = () => [openaiChat];

export default answerProtocols;
