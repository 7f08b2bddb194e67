import type { CanonicalEvent, CanonicalResponse, ContentBlock } from '@claudex/sdk';

/** Writes a complete answer as the events of a stream, for clients that asked for one. */
export function eventsOfResponse(response: CanonicalResponse): CanonicalEvent[] {
  const { id, model, content, usage, stop_reason, stop_sequence, raw_stop_reason } = response;
  const end: CanonicalEvent = {
    type: 'message_delta',
    stop_reason,
    usage,
    ...(stop_sequence === undefined ? {} : { stop_sequence }),
    ...(raw_stop_reason === undefined ? {} : { raw_stop_reason }),
  };
  const start: CanonicalEvent = { type: 'message_start', id, model, usage: { ...usage, output_tokens: 0 } };
  return [start, ...content.filter(isAnswerBlock).flatMap(eventsOfBlock), end, { type: 'message_stop' }];
}

type AnswerBlock = Exclude<ContentBlock, { type: 'image' | 'document' | 'tool_result' | 'tool_reference' }>;

/** The other blocks occur only in what a client sends. */
function isAnswerBlock(block: ContentBlock): block is AnswerBlock {
  return !['image', 'document', 'tool_result', 'tool_reference'].includes(block.type);
}

function eventsOfBlock(block: AnswerBlock, index: number): CanonicalEvent[] {
  const stop: CanonicalEvent = { type: 'content_block_stop', index };
  switch (block.type) {
    case 'text':
      return [
        { type: 'content_block_start', index, content_block: { ...block, text: '' } },
        { type: 'content_block_delta', index, delta: { type: 'text_delta', text: block.text } },
        stop,
      ];
    case 'thinking':
      return [
        { type: 'content_block_start', index, content_block: { type: 'thinking', thinking: '' } },
        { type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: block.thinking } },
        { type: 'content_block_delta', index, delta: { type: 'signature_delta', signature: block.signature ?? '' } },
        stop,
      ];
    case 'tool_use':
    case 'server_tool_use':
      return [
        { type: 'content_block_start', index, content_block: { ...block, input: {} } },
        {
          type: 'content_block_delta',
          index,
          delta: { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
        },
        stop,
      ];
    default:
      return [{ type: 'content_block_start', index, content_block: block }, stop];
  }
}
