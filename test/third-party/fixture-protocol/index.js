import { defineProtocol } from '@claudex/sdk';
import { readFault } from '@claudex/sdk/codec';
import { decodeResponse, decodeStream } from './answer.js';
import { encodeRequest } from './request.js';

/*
 * A made-up dialect, as somebody else's plugin might bring one. A request is a list of lines, each with who speaks. An
 * answer is a list of pieces, streamed as one event each: `think`, `memo` (state that the provider wants back), `say`
 * and `call`, and at the end `bye`, or `oops`.
 */
export const toyLines = defineProtocol({
  specVersion: 1,
  id: 'toy-lines',
  title: 'Toy Lines',
  providerTypes: ['ToyLines'],
  endpoint: (operation) => (operation === 'messages' ? '/lines' : undefined),
  authenticate: (credential) => ({ 'x-toy-key': credential }),
  encodeRequest,
  decodeResponse,
  decodeStream,
  decodeFault: readFault,
});

export default () => [toyLines];
