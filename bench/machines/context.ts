import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type { CanonicalRequest, ClientCodec, CodecContext } from '@claudex/sdk';

/** What a codec is told about an exchange. */
export function contextOf(request: CanonicalRequest = emptyRequest()): CodecContext {
  let ids = 0;
  return {
    request,
    model: 'bench-model',
    origin: 'bench-provider',
    quirks: {},
    newId: (prefix) => `${prefix}_${(ids += 1)}`,
    estimatedInputTokens: 1_000,
  };
}

/** The client's side of the translation. */
export function clientCodec(): ClientCodec {
  const { client } = anthropicMessages;
  if (!client) throw new Error('the protocol of the clients has no client codec');
  return client;
}

function emptyRequest(): CanonicalRequest {
  return { model: 'bench-model', messages: [], system: [], tools: [], stream: true, client: { betas: [] }, other: {} };
}
