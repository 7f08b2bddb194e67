import { defineProtocol, type ClaudexHook, type Operation } from '@claudex/sdk';
import { encodeFault } from './encode-fault.ts';
import { encodeRequest } from './encode-request.ts';
import { encodeStream } from './encode-stream.ts';
import { PROTOCOL_ID } from './extensions.ts';
import { decodeFault } from './fault.ts';
import { fitFields } from './fit-fields.ts';
import { decodeRequest } from './request.ts';
import { decodeModels, decodeResponse, encodeResponse } from './response.ts';
import { decodeStream } from './stream.ts';

const ENDPOINTS = {
  messages: '/v1/messages',
  'count-tokens': '/v1/messages/count_tokens',
  models: '/v1/models',
} as const satisfies Record<Operation, string>;

/** Anthropic Messages: the protocol of Claude Code, and of the providers that imitate the vendor's API. */
export const anthropicMessages = defineProtocol({
  specVersion: 1,
  id: PROTOCOL_ID,
  title: 'Anthropic Messages',
  providerTypes: ['DirectAnthropic'],
  endpoint: (operation) => ENDPOINTS[operation],
  authenticate: (credential) => ({ 'x-api-key': credential }),
  headers: { 'anthropic-version': '2023-06-01' },
  encodeRequest,
  fitFields,
  decodeResponse,
  decodeStream,
  decodeFault,
  decodeModels,
  client: { decodeRequest, encodeResponse, encodeStream, encodeFault },
});

/** Answers oclif's hook with the one protocol of this plugin. */
const answerProtocols: ClaudexHook<'claudex:protocols'> = () => [anthropicMessages];

export default answerProtocols;
