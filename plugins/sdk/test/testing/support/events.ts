import type { CanonicalEvent, OpeningBlock } from '@claudex/sdk';

const usage = { input_tokens: 3, output_tokens: 5 };

/** A sound answer with reasoning, text and a tool call, for tests to break. */
export function soundStream(): CanonicalEvent[] {
  return [
    { type: 'message_start', id: 'msg_1', model: 'm', usage },
    { type: 'ping' },
    start(0, { type: 'thinking', thinking: '' }),
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Look' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: ' first.' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sealed' } },
    { type: 'content_block_stop', index: 0 },
    start(1, { type: 'text', text: '' }),
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Grüße' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'citations_delta', citation: { url: 'a' } } },
    { type: 'loss', loss: { kind: 'dropped', path: 'content[1]', feature: 'logprobs', reason: 'No place for it.' } },
    { type: 'content_block_stop', index: 1 },
    start(2, { type: 'tool_use', id: 'toolu_1', name: 'Read', input: {} }),
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"path":' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '"a.txt"}' } },
    { type: 'content_block_stop', index: 2 },
    { type: 'message_delta', stop_reason: 'tool_use', raw_stop_reason: 'tool_calls', usage },
    { type: 'message_stop' },
  ];
}

export function start(index: number, content_block: OpeningBlock): CanonicalEvent {
  return { type: 'content_block_start', index, content_block };
}

export function failure(): CanonicalEvent {
  return { type: 'error', fault: { kind: 'connection', message: 'reset', retryable: true } };
}
