import type { CanonicalRequest, CodecContext, ContentBlock, JsonObject, Loss, Quirks } from '@claudex/sdk';
import { contextOf } from '@claudex/sdk/testing';
import { encodeRequest } from '../../src/request.ts';
import type { GeminiRequest } from '../../src/wire.ts';

interface Encoded {
  readonly body: GeminiRequest;
  readonly losses: readonly Loss[];
}

/** A request as it is written for a model of Gemini 3, unless `more` names another. */
export function encode(
  request: Partial<CanonicalRequest>,
  quirks: Quirks = {},
  more: Partial<CodecContext> = {},
): Encoded {
  const context = { ...contextOf(request, quirks), model: 'gemini-3.8-flash', origin: 'somewhere', ...more };
  const { body, losses } = encodeRequest(context);
  return { body: body as unknown as GeminiRequest, losses };
}

/** The same for a model before Gemini 3. */
export function encodeOld(request: Partial<CanonicalRequest>, quirks: Quirks = {}): Encoded {
  return encode(request, quirks, { model: 'gemini-2.5-pro' });
}

/** Losses in short, as `kind feature path`. */
export function words(losses: readonly Loss[]): string[] {
  return losses.map(({ kind, feature, path }) => `${kind} ${feature} ${path}`);
}

/** A file, of which only the first bytes are there. */
export const PDF: ContentBlock & { type: 'document' } = {
  type: 'document',
  source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
};

/** The parts of a content that are there. */
export function partsAt({ body }: Encoded, place: number): JsonObject[] {
  return body.contents.at(place)?.parts ?? [];
}
