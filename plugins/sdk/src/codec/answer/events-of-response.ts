import type { BlockDelta, CanonicalEvent, CanonicalResponse, ContentBlock, OpeningBlock } from '../../index.ts';

/** Writes a complete answer as the events of a stream, for clients that asked for one. Nothing of it is lost. */
export function eventsOfResponse(response: CanonicalResponse): CanonicalEvent[] {
  const { id, model, content, usage, ...end } = response;
  const start: CanonicalEvent = { type: 'message_start', id, model, usage: { ...usage, output_tokens: 0 } };
  return [
    start,
    ...content.filter(isAnswerBlock).flatMap(eventsOfBlock),
    { type: 'message_delta', usage, ...end },
    { type: 'message_stop' },
  ];
}

/** The other blocks occur only in what a client sends. */
function isAnswerBlock(block: ContentBlock): block is OpeningBlock {
  return !['image', 'document', 'tool_result', 'tool_reference'].includes(block.type);
}

/** Writes a complete block as the events of a stream. */
export function eventsOfBlock(block: OpeningBlock, index: number): CanonicalEvent[] {
  const { opening, deltas } = splitBlock(block);
  return [
    { type: 'content_block_start', index, content_block: opening },
    ...deltas.map((delta): CanonicalEvent => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

/** A block as it stands when it opens, and the steps by which it grows. */
function splitBlock(block: OpeningBlock): { opening: OpeningBlock; deltas: BlockDelta[] } {
  switch (block.type) {
    case 'text': {
      const { text, citations = [], ...rest } = block;
      const cited = citations.map((citation): BlockDelta => ({ type: 'citations_delta', citation }));
      return { opening: { ...rest, text: '' }, deltas: [{ type: 'text_delta', text }, ...cited] };
    }
    case 'thinking': {
      const { thinking, signature, ...rest } = block;
      const signed: BlockDelta[] = signature === undefined ? [] : [{ type: 'signature_delta', signature }];
      return { opening: { ...rest, thinking: '' }, deltas: [{ type: 'thinking_delta', thinking }, ...signed] };
    }
    case 'tool_use':
    case 'server_tool_use':
      return {
        opening: { ...block, input: {} },
        deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }],
      };
    default:
      return { opening: block, deltas: [] };
  }
}
