import type { JsonObject, SseEvent, UpstreamFailure } from '@claudex/sdk';
import { conformance } from '@claudex/sdk/testing';
import { anthropicMessages } from '../src/index.ts';

const USAGE = { input_tokens: 20, cache_read_input_tokens: 5, cache_creation_input_tokens: 0, output_tokens: 1 };

const MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant', model: 'reported', stop_reason: null, usage: USAGE };

const TOOL_LOOP: readonly SseEvent[] = [
  event({ type: 'message_start', message: { ...MESSAGE, content: [] } }),
  event({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }),
  event({ type: 'ping' }),
  event({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'A file is needed.' } }),
  event({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'EqQBCkYIBxgC' } }),
  event({ type: 'content_block_stop', index: 0 }),
  event({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }),
  event({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Let me look.' } }),
  event({ type: 'content_block_stop', index: 1 }),
  event({
    type: 'content_block_start',
    index: 2,
    content_block: { type: 'tool_use', id: 'toolu_1', name: 'Read', input: {} },
  }),
  event({ type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"path":' } }),
  event({ type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '"a"}' } }),
  event({ type: 'content_block_stop', index: 2 }),
  event({
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 9 },
  }),
  event({ type: 'message_stop' }),
];

const FAILURE: readonly SseEvent[] = [
  ...TOOL_LOOP.slice(0, 4),
  event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
];

const ANSWER: JsonObject = {
  ...MESSAGE,
  content: [
    { type: 'text', text: 'Let me look.' },
    { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { path: 'a' } },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
};

const FAILURES: readonly UpstreamFailure[] = [
  {
    status: 400,
    headers: {},
    body: '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}',
  },
  {
    status: 529,
    headers: {},
    body: '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
  },
];

conformance(anthropicMessages, {
  streams: [TOOL_LOOP, FAILURE],
  answers: [ANSWER],
  failures: FAILURES,
  quirks: [{}, { images: false }],
});

function event(data: JsonObject & { readonly type: string }): SseEvent {
  return { event: data.type, data: JSON.stringify(data) };
}
