import type { Protocol } from '@claudex/sdk';
import { estimateInputTokens } from '../../src/proxy/tokens/estimate.ts';
import { parseJsonObject } from '../../src/proxy/parse-json.ts';
import { clientCodec, contextOf } from './context.ts';

/** The client's bytes → the upstream's bytes, as the proxy does it. */
export function encodeRequest(protocol: Protocol, body: Buffer): Buffer {
  const parsed = parseJsonObject(body);
  if (!parsed) throw new Error('the body is no JSON object');
  const request = clientCodec().decodeRequest(parsed, { version: '2023-06-01', betas: [] });
  const context = { ...contextOf(request), estimatedInputTokens: estimateInputTokens(request, body.byteLength) };
  return Buffer.from(JSON.stringify(protocol.encodeRequest(context).body));
}

/** The floor: parse the body and write it again. */
export function rewriteRequest(body: Buffer): Buffer {
  return Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
}
