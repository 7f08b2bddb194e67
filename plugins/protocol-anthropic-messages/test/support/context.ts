import type { CanonicalRequest, ClientCodec, CodecContext, JsonObject } from '@claudex/sdk';
import { anthropicMessages } from '../../src/index.ts';

/** A request with nothing in it but what a test adds. */
export function requestOf(fields: Partial<CanonicalRequest> = {}): CanonicalRequest {
  return {
    model: 'claude-test',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    system: [],
    tools: [],
    stream: false,
    client: { betas: [] },
    other: {},
    ...fields,
  };
}

/** One exchange with predictable ids. */
export function contextOf(fields: Partial<CodecContext> = {}): CodecContext {
  let count = 0;
  return {
    request: requestOf(),
    model: 'upstream-model',
    quirks: {},
    newId: (prefix) => `${prefix}_new${(count += 1)}`,
    estimatedInputTokens: 0,
    ...fields,
  };
}

export function clientCodec(): ClientCodec {
  const { client } = anthropicMessages;
  if (client === undefined) throw new Error('the protocol has no client codec');
  return client;
}

/** Reads a body that has a model and one message unless the test says otherwise. */
export function decode(fields: JsonObject): CanonicalRequest {
  const body = { model: 'claude-test', messages: [{ role: 'user', content: 'Hi' }], ...fields };
  return clientCodec().decodeRequest(body, { betas: [] });
}
