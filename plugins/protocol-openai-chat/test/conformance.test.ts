import type { JsonObject, SseEvent, UpstreamFailure } from '@claudex/sdk';
import { conformance } from '@claudex/sdk/testing';
import { openaiChat } from '../src/index.ts';
import { delta, DONE, finish, piece, usage } from './support/chunks.ts';

const TEXT: readonly SseEvent[] = [
  delta({ role: 'assistant', content: '' }),
  delta({ content: 'Hello ' }),
  delta({ content: 'there.' }),
  finish('stop'),
  usage({ prompt_tokens: 20, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 5 } }),
  DONE,
];

const PARALLEL_CALLS: readonly SseEvent[] = [
  delta({ role: 'assistant', content: 'Let me look.' }),
  piece({ index: 0, id: 'call_1', type: 'function', function: { name: 'Read', arguments: '' } }),
  piece({ index: 0, function: { arguments: '{"path":' } }),
  piece({ index: 1, id: 'call_2', type: 'function', function: { name: 'Read', arguments: '{"path"' } }),
  piece({ index: 0, function: { arguments: '"a"}' } }),
  piece({ index: 1, function: { arguments: ':"b"}' } }),
  finish('tool_calls'),
  DONE,
];

/** Reasoning with a signature, as OpenRouter passes it on, before a call. */
const SIGNED_REASONING: readonly SseEvent[] = [
  delta({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'First I look. ' }] }),
  delta({ reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'Then I act.' }] }),
  delta({ reasoning_details: [{ type: 'reasoning.text', index: 0, signature: 'c2lnbmF0dXJlIG9mIHRoZSB2ZW5kb3I=' }] }),
  piece({ index: 0, id: 'call_1', type: 'function', function: { name: 'Read', arguments: '{}' } }),
  finish('tool_calls'),
  DONE,
];

const REASONING_CONTENT: readonly SseEvent[] = [
  delta({ role: 'assistant', reasoning_content: 'Hm, ' }),
  delta({ reasoning_content: 'a greeting.' }),
  delta({ content: 'Hello.' }),
  finish('stop'),
  DONE,
];

const FAILURE: readonly SseEvent[] = [
  delta({ content: 'Hel' }),
  { data: JSON.stringify({ error: { message: 'The engine is overloaded.', type: 'server_error' } }) },
];

const ANSWER: JsonObject = {
  id: 'c1',
  model: 'reported',
  choices: [
    {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: 'Let me look.',
        reasoning_content: 'A file is needed.',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'Read', arguments: '{"path":"a"}' } }],
      },
    },
  ],
  usage: { prompt_tokens: 20, completion_tokens: 9, total_tokens: 29 },
};

const FAILURES: readonly UpstreamFailure[] = [
  {
    status: 400,
    headers: {},
    body: '{"error":{"message":"This model\'s maximum context length is 8192 tokens. However, you requested 9000 tokens.","code":"context_length_exceeded"}}',
  },
  { status: 429, headers: { 'retry-after': '7' }, body: '{"error":{"message":"Slow down.","type":"requests"}}' },
];

conformance(openaiChat, {
  streams: [TEXT, PARALLEL_CALLS, SIGNED_REASONING, REASONING_CONTENT, FAILURE],
  answers: [ANSWER],
  failures: FAILURES,
  quirks: [
    {},
    { toolCallIdMaxLength: 9, toolNameMaxLength: 40, midConversationSystem: 'keep', images: false },
    {
      toolCallIdMaxLength: 40,
      textAfterToolResults: 'append',
      reasoningReplay: 'reasoning_content',
      cacheControl: true,
    },
    { documents: 'file', schemaDialect: 'gemini', reasoningRequest: 'thinking-budget', maxStopSequences: 0 },
  ],
});
