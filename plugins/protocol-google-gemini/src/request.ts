import type { CodecContext, EncodedRequest } from '@claudex/sdk';
import { mendCharacters } from '@claudex/sdk/codec';
import { encodeConversation } from './request/contents.ts';
import { startEncoding } from './request/encoding.ts';
import { applyFieldQuirks } from './request/field-quirks.ts';
import { encodeOutputFormat } from './request/output-format.ts';
import { encodeParameters } from './request/parameters.ts';
import { encodeTools } from './request/tools.ts';
import type { GeminiRequest } from './wire.ts';

/**
 * Writes a canonical request as the body of `generateContent`. Never throws on a canonical request. The same request
 * gives the same bytes, and a conversation that has grown by a turn begins with the contents it had before, so that the
 * provider's cache can hit.
 */
export function encodeRequest(context: CodecContext): EncodedRequest {
  const encoding = startEncoding(context);
  const body: GeminiRequest = { contents: [] };
  // The tools come first because messages speak of those left out.
  encodeTools(body, encoding);
  const hasFunctions = body.tools?.some((tool) => 'functionDeclarations' in tool) === true;
  const { instructions, contents } = encodeConversation(encoding);
  body.contents = contents;
  const { parameters, instruction } = encodeOutputFormat(hasFunctions, encoding);
  if (instruction !== undefined) instructions.push({ text: instruction });
  if (instructions.length > 0) body.systemInstruction = { parts: instructions };
  const config = { ...encodeParameters(encoding), ...parameters };
  if (Object.keys(config).length > 0) body.generationConfig = config;
  const wire = applyFieldQuirks(body, encoding);
  for (const [field, value] of Object.entries(wire)) wire[field] = mendCharacters(value, field, encoding.losses);
  return { body: wire, losses: encoding.losses.entries };
}
