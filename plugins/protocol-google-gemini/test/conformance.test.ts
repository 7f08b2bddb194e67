import type { JsonObject, SseEvent, UpstreamFailure } from '@claudex/sdk';
import { conformance } from '@claudex/sdk/testing';
import { googleGemini } from '../src/index.ts';
import { callPart, chunk, finish, parts, said, thought } from './support/chunks.ts';

const USAGE: JsonObject = {
  promptTokenCount: 20,
  cachedContentTokenCount: 5,
  candidatesTokenCount: 3,
  thoughtsTokenCount: 4,
  totalTokenCount: 27,
};

const TEXT: readonly SseEvent[] = [said('Hello '), said('there.'), finish('STOP', USAGE)];

/** Reasoning, a signed text and two calls, of which the first is signed. */
const TOOL_LOOP: readonly SseEvent[] = [
  thought('**Looking**\nA file is needed.'),
  said('Let me look.'),
  parts([{ text: '', thoughtSignature: 'c2lnbmF0dXJlIG9mIHRoZSB0ZXh0' }]),
  parts([
    callPart('Read', { path: 'a' }, { thoughtSignature: 'c2lnbmF0dXJlIG9mIHRoZSBjYWxs' }),
    callPart('Read', { path: 'b' }),
  ]),
  finish('STOP', USAGE),
];

const SIGNED_THOUGHT: readonly SseEvent[] = [
  thought('Hm, '),
  thought('a greeting.', { thoughtSignature: 'c2lnbmF0dXJlIG9mIGEgdGhvdWdodA==' }),
  said('Hello.'),
  finish('STOP', USAGE),
];

const INCOMPLETE: readonly SseEvent[] = [said('It is a long'), finish('MAX_TOKENS', USAGE)];

const FAILURE: readonly SseEvent[] = [
  said('Hel'),
  chunk({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
];

const MALFORMED: readonly SseEvent[] = [said('Let me'), finish('MALFORMED_FUNCTION_CALL', USAGE)];

const ANSWER: JsonObject = {
  responseId: 'r1',
  modelVersion: 'reported',
  candidates: [
    {
      index: 0,
      finishReason: 'STOP',
      content: {
        role: 'model',
        parts: [
          { text: 'A file is needed.', thought: true },
          {
            functionCall: { name: 'Read', args: { path: 'a' } },
            thoughtSignature: 'YW5vdGhlciBzaWduYXR1cmUgb2YgYSBjYWxs',
          },
        ],
      },
    },
  ],
  usageMetadata: USAGE,
};

const FAILURES: readonly UpstreamFailure[] = [
  {
    status: 400,
    headers: {},
    body: '{"error":{"code":400,"message":"The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}',
  },
  {
    status: 429,
    headers: {},
    body: '[{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"37s"}]}}]',
  },
];

conformance(googleGemini, {
  streams: [TEXT, TOOL_LOOP, SIGNED_THOUGHT, INCOMPLETE, FAILURE, MALFORMED],
  answers: [ANSWER],
  failures: FAILURES,
  quirks: [
    {},
    { schemaDialect: 'gemini', images: false, documents: 'none', toolNameMaxLength: 40, toolCallIdMaxLength: 40 },
    { webSearch: 'tool', responseFormat: 'json_object', reasoningRequest: 'thinking-budget', topK: false },
    { reasoningReplay: 'none', forcedToolChoice: false, maxStopSequences: 0, maxOutputTokensField: 'none' },
  ],
});
