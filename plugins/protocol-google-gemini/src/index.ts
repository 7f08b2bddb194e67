import { defineProtocol, type ClaudexHook, type EndpointCall, type Operation } from '@claudex/sdk';
import { decodeFault } from './faults.ts';
import { decodeModels } from './models.ts';
import { encodeRequest } from './request.ts';
import { decodeResponse } from './response.ts';
import { decodeStream } from './stream.ts';

/** Model and streaming stand in the path, not in the body. */
function endpoint(operation: Operation, call?: EndpointCall): string | undefined {
  if (operation === 'models') return '/models';
  if (operation === 'count-tokens') return undefined;
  const model = encodeURIComponent((call?.model ?? '').replace(/^models\//, '').toWellFormed());
  return call?.stream === true ? `/models/${model}:streamGenerateContent?alt=sse` : `/models/${model}:generateContent`;
}

/**
 * Google's own Gemini API. Vertex AI has the same bodies under other paths, which its provider names.
 *
 * Of the quirks these are known:
 *
 * - the conversation: `images`, `imageUrls`, `documents` (`none`, or else `inlineData`), `toolResultMedia` (default
 *   `inline` from Gemini 3 on), `reasoningReplay` (`none`, or else as it was), `toolCallIdMaxLength`;
 * - tools: `toolNameMaxLength`, `schemaDialect` (`gemini` writes `parameters`, every other one `parametersJsonSchema`),
 *   `forcedToolChoice`, `webSearch` (`tool`, or else none);
 * - parameters: `maxOutputTokensField` (`none`, or else `maxOutputTokens`), `minOutputTokens`, `minTemperature`, `topK`
 *   (default true), `maxStopSequences` (default 5), `reasoningRequest` (`none`; `thinking-budget` asks for a budget
 *   whatever the model is called; or else as the model takes it), `effortWords`, `responseFormat`, `withTools`,
 *   `whileReasoning`, `extraFields`, `omitFields` (also fields inside, by a path with dots).
 *
 * `streaming` is applied by the proxy. The others concern fields that this protocol does not have.
 */
export const googleGemini = defineProtocol({
  specVersion: 1,
  id: 'google-gemini',
  title: 'Google Gemini',
  providerTypes: ['GoogleGemini'],
  endpoint,
  webSearches: ['tool'],
  authenticate: (credential) => ({ 'x-goog-api-key': credential }),
  encodeRequest,
  decodeResponse,
  decodeStream,
  decodeFault,
  decodeModels,
});

/** Answers oclif's hook with the one protocol of this plugin. */
const answerProtocols: ClaudexHook<'claudex:protocols'> = () => [googleGemini];

export default answerProtocols;
