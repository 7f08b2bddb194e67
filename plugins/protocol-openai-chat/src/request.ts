import type { CodecContext, EncodedRequest, JsonObject } from '@claudex/sdk';
import { type LossLog } from '@claudex/sdk/codec';
import { startEncoding } from './request/encoding.ts';
import { encodeMessages } from './request/messages.ts';
import { encodeParameters } from './request/parameters.ts';
import { encodeTools } from './request/tools.ts';
import type { ChatRequest } from './wire.ts';

/**
 * Writes a canonical request as a Chat Completions body. Never throws on a canonical request, and the same
 * request always gives the same bytes, so that the provider's prompt cache can hit.
 */
export function encodeRequest(context: CodecContext): EncodedRequest {
  const encoding = startEncoding(context);
  const body: ChatRequest = {
    model: context.model,
    messages: encodeMessages(encoding),
    stream: context.request.stream,
  };
  encodeTools(body, encoding);
  encodeParameters(body, encoding);
  const wire: JsonObject = body;
  omitFields(wire, context.quirks.omitFields ?? [], encoding.losses);
  return { body: wire, losses: encoding.losses.entries };
}

function omitFields(body: JsonObject, fields: readonly string[], losses: LossLog): void {
  for (const field of fields) {
    if (!(field in body)) continue;
    Reflect.deleteProperty(body, field);
    losses.dropped(field, field, 'This provider refuses the field.');
  }
}
