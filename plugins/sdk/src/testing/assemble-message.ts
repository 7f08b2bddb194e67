import type { ContentBlock } from '../blocks.ts';
import type { BlockDelta, CanonicalEvent, OpeningBlock } from '../events.ts';
import { isJsonObject } from '../json.ts';
import type { CanonicalResponse } from '../response.ts';

/**
 * Folds a complete stream into the answer it spells out, so that a test can compare it with an answer that was not
 * streamed. Throws an Error when the stream is not complete or a tool's input is not a JSON object.
 */
export function assembleMessage(events: Iterable<CanonicalEvent>): CanonicalResponse {
  let response: CanonicalResponse | undefined;
  const content: ContentBlock[] = [];
  let complete = false;
  let open: OpenBlock | undefined;
  for (const event of events) {
    if (event.type === 'error') throw new Error(`the stream failed: ${event.fault.message}`);
    if (event.type === 'message_start') {
      const { id, model, usage } = event;
      response = { id, model, content, stop_reason: null, usage };
    }
    if (event.type === 'content_block_start') open = { block: structuredClone(event.content_block), inputJson: '' };
    if (event.type === 'content_block_delta' && open !== undefined) applyDelta(open, event.delta);
    if (event.type === 'content_block_stop' && open !== undefined) content.push(finishBlock(open));
    if (event.type === 'message_delta' && response !== undefined) {
      const { type: _type, usage, ...ending } = event;
      response = { ...response, ...ending, usage: { ...response.usage, ...usage } };
    }
    if (event.type === 'message_stop') complete = true;
  }
  if (response === undefined || !complete) throw new Error('the stream is not complete');
  return response;
}

interface OpenBlock {
  block: OpeningBlock;
  inputJson: string;
}

function applyDelta(open: OpenBlock, delta: BlockDelta): void {
  const { block } = open;
  if (delta.type === 'input_json_delta') open.inputJson += delta.partial_json;
  if (delta.type === 'text_delta' && block.type === 'text') block.text += delta.text;
  if (delta.type === 'citations_delta' && block.type === 'text') {
    block.citations = [...(block.citations ?? []), delta.citation];
  }
  if (delta.type === 'thinking_delta' && block.type === 'thinking') block.thinking += delta.thinking;
  if (delta.type === 'signature_delta' && block.type === 'thinking') {
    block.signature = (block.signature ?? '') + delta.signature;
  }
}

function finishBlock({ block, inputJson }: OpenBlock): ContentBlock {
  if (inputJson === '' || (block.type !== 'tool_use' && block.type !== 'server_tool_use')) return block;
  const input: unknown = JSON.parse(inputJson);
  if (!isJsonObject(input)) throw new Error(`the input of ${block.name} is not a JSON object`);
  return { ...block, input };
}
