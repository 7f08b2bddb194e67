import type { JsonObject, SseEvent, UpstreamFailure } from '@claudex/sdk';
import { conformance } from '@claudex/sdk/testing';
import { openaiResponses } from '../src/index.ts';
import { added, completed, CREATED, delta, done, event, functionCall, message, reasoning } from './support/events.ts';

const TEXT: readonly SseEvent[] = [CREATED, ...message(0, 'Hello there.'), completed()];

/** Encrypted reasoning, a text and two calls whose arguments come by turns. */
const TOOL_LOOP: readonly SseEvent[] = [
  CREATED,
  ...reasoning(0, ['A file is needed.', 'Two of them.'], 'encrypted reasoning of the provider'),
  ...message(1, 'Let me look.', { phase: 'commentary' }),
  added(2, { id: 'fc_2', type: 'function_call', call_id: 'call_2', name: 'Read', arguments: '' }),
  added(3, { id: 'fc_3', type: 'function_call', call_id: 'call_3', name: 'Read', arguments: '' }),
  delta('function_call_arguments', 2, '{"path":', { item_id: 'fc_2' }),
  delta('function_call_arguments', 3, '{"path"', { item_id: 'fc_3' }),
  delta('function_call_arguments', 2, '"a"}', { item_id: 'fc_2' }),
  delta('function_call_arguments', 3, ':"b"}', { item_id: 'fc_3' }),
  done(2, { id: 'fc_2', type: 'function_call', call_id: 'call_2', name: 'Read', arguments: '{"path":"a"}' }),
  done(3, { id: 'fc_3', type: 'function_call', call_id: 'call_3', name: 'Read', arguments: '{"path":"b"}' }),
  completed(),
];

const ONE_CALL: readonly SseEvent[] = [CREATED, ...functionCall(0, 'call_1', '{"path":"a"}'), completed()];

const INCOMPLETE: readonly SseEvent[] = [
  CREATED,
  ...message(0, 'It is a long').slice(0, 3),
  event('response.incomplete', {
    response: { id: 'resp_1', status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
  }),
];

const FAILURE: readonly SseEvent[] = [
  CREATED,
  ...message(0, 'Hello there.').slice(0, 3),
  event('response.failed', {
    response: { status: 'failed', error: { code: 'server_error', message: 'The engine is overloaded.' } },
  }),
];

const ANSWER: JsonObject = {
  id: 'resp_1',
  object: 'response',
  model: 'reported',
  status: 'completed',
  output: [
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'A file is needed.' }],
      encrypted_content: 'more encrypted reasoning of the provider',
    },
    { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'Let me look.' }] },
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'Read', arguments: '{"path":"a"}' },
  ],
  usage: { input_tokens: 20, input_tokens_details: { cached_tokens: 5 }, output_tokens: 9, total_tokens: 29 },
};

const FAILURES: readonly UpstreamFailure[] = [
  {
    status: 400,
    headers: {},
    body: '{"error":{"message":"Your input exceeds the context window of this model.","code":"context_length_exceeded"}}',
  },
  { status: 401, headers: {}, body: '{"error":{"message":"Incorrect API key provided.","code":"invalid_api_key"}}' },
];

conformance(openaiResponses, {
  streams: [TEXT, TOOL_LOOP, ONE_CALL, INCOMPLETE, FAILURE],
  answers: [ANSWER],
  failures: FAILURES,
  quirks: [
    {},
    { midConversationSystem: 'user', images: false, documents: 'none', toolNameMaxLength: 40, toolCallIdMaxLength: 40 },
    { toolsPlacement: 'input', encryptedReasoning: false, webSearch: 'tool', responseFormat: 'json_object' },
    { schemaDialect: 'strict', parallelToolCalls: false, forcedToolChoice: false, userField: 'safety_identifier' },
  ],
});
