import type { BlockDelta, CanonicalEvent, CanonicalResponse, ContentBlock, OpeningBlock } from '@claudex/sdk';
import type { LossLog } from '@claudex/sdk/codec';
import { decodeToolInput } from './tool-input.ts';

/** Folds the events of an answer that is complete into one response. Losses among them go to the log. */
export function assembleResponse(events: readonly CanonicalEvent[], losses: LossLog): CanonicalResponse {
  const content: ContentBlock[] = [];
  const response: Writable<CanonicalResponse> = { id: '', model: '', content, stop_reason: null, usage: NO_USAGE };
  let open: OpeningBlock | undefined;
  let json = '';
  for (const event of events) {
    if (event.type === 'loss') losses.entries.push(event.loss);
    else if (event.type === 'message_start') {
      response.id = event.id;
      response.model = event.model;
    } else if (event.type === 'content_block_start') {
      open = { ...event.content_block };
      json = '';
    } else if (event.type === 'content_block_delta') {
      if (event.delta.type === 'input_json_delta') json += event.delta.partial_json;
      else if (open !== undefined) grow(open, event.delta);
    } else if (event.type === 'content_block_stop' && open !== undefined) {
      if (open.type === 'tool_use') open.input = decodeToolInput(json, `content[${event.index}]`, losses);
      content.push(open);
    } else if (event.type === 'message_delta') {
      const { type: _type, ...ending } = event;
      Object.assign(response, ending);
    }
  }
  return response;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const NO_USAGE = { input_tokens: 0, output_tokens: 0 };

function grow(block: OpeningBlock, delta: BlockDelta): void {
  if (block.type === 'text') {
    if (delta.type === 'text_delta') block.text += delta.text;
    if (delta.type === 'citations_delta') block.citations = [...(block.citations ?? []), delta.citation];
  } else if (block.type === 'thinking') {
    if (delta.type === 'thinking_delta') block.thinking += delta.thinking;
    if (delta.type === 'signature_delta') block.signature = delta.signature;
  }
}
