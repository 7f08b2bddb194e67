import { defineProtocol, type ClaudexHook, type Operation } from '@claudex/sdk';
import { readFault } from '@claudex/sdk/codec';
import { decodeModels } from './models.ts';
import { encodeRequest } from './request.ts';
import { decodeResponse } from './response.ts';
import { decodeStream } from './stream.ts';

const ENDPOINTS: { readonly [Name in Operation]: string | undefined } = {
  messages: '/responses',
  models: '/models',
  'count-tokens': undefined,
};

/** OpenAI Responses, the dialect of OpenAI's newer models and of those who imitate it. */
export const openaiResponses = defineProtocol({
  specVersion: 1,
  id: 'openai-responses',
  title: 'OpenAI Responses',
  providerTypes: ['OpenAIResponses'],
  endpoint: (operation) => ENDPOINTS[operation],
  webSearches: ['tool'],
  authenticate: (credential) => ({ authorization: `Bearer ${credential}` }),
  encodeRequest,
  decodeResponse,
  decodeStream,
  decodeFault: readFault,
  decodeModels,
});

/** Answers oclif's hook with the one protocol of this plugin. */
const answerProtocols: ClaudexHook<'claudex:protocols'> = () => [openaiResponses];

export default answerProtocols;
