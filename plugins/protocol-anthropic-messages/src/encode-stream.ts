import {
  isJsonObject,
  type BlockDelta,
  type CanonicalEvent,
  type ContentBlockStart,
  type Machine,
  type MessageDelta,
  type MessageStart,
  type OpeningBlock,
  type SseEvent,
} from '@claudex/sdk';
import { writeAnswerBlock } from './encode-block.ts';
import { encodeError } from './encode-fault.ts';
import { extensionFields } from './extensions.ts';
import { unreachable } from './unreachable.ts';
import type { WireError, WireMessage, WireStreamEvent } from './wire.ts';

const PING: SseEvent = { event: 'ping', data: '{"type":"ping"}' };
const MESSAGE_STOP: SseEvent = { event: 'message_stop', data: '{"type":"message_stop"}' };

/**
 * Turns canonical events into Anthropic's Server-Sent Events. Opaque blocks of other protocols are left out, so
 * indexes are counted anew. Texts and arguments are written by template: they are nearly all events of a stream.
 */
export function encodeStream(): Machine<CanonicalEvent, SseEvent> {
  let index = -1;
  /** Whether the open block is one that the client does not see. */
  let hidden = false;
  const start = (event: ContentBlockStart): SseEvent[] => {
    const wire = writeAnswerBlock(event.content_block, `content[${event.index}]`);
    hidden = wire === undefined;
    if (wire === undefined) return [];
    index += 1;
    const { opening, grown } = splitOpening(event.content_block);
    const block = grown.length === 0 ? wire : writeAnswerBlock(opening, `content[${event.index}]`);
    const data = `{"type":"content_block_start","index":${index},"content_block":${JSON.stringify(block)}}`;
    return [{ event: 'content_block_start', data }, ...grown.map((delta) => encodeDelta(index, delta))];
  };
  return {
    push(event) {
      switch (event.type) {
        case 'content_block_delta':
          return hidden ? [] : [encodeDelta(index, event.delta)];
        case 'content_block_start':
          return start(event);
        case 'content_block_stop':
          if (hidden) return [];
          return [{ event: 'content_block_stop', data: `{"type":"content_block_stop","index":${index}}` }];
        case 'message_start':
          return [encodeMessageStart(event)];
        case 'message_delta':
          return [encodeMessageDelta(event)];
        case 'message_stop':
          return [MESSAGE_STOP];
        case 'ping':
          return [PING];
        case 'error':
          return [encodeStreamFault(encodeError(event.fault))];
        case 'loss':
          return [];
        default:
          return unreachable(event);
      }
    },
    end: () => [],
  };
}

function encodeDelta(index: number, delta: BlockDelta): SseEvent {
  return {
    event: 'content_block_delta',
    data: `{"type":"content_block_delta","index":${index},"delta":${deltaJson(delta)}}`,
  };
}

function deltaJson(delta: BlockDelta): string {
  switch (delta.type) {
    case 'text_delta':
      return `{"type":"text_delta","text":${JSON.stringify(delta.text)}}`;
    case 'input_json_delta':
      return `{"type":"input_json_delta","partial_json":${JSON.stringify(delta.partial_json)}}`;
    case 'thinking_delta':
      return `{"type":"thinking_delta","thinking":${JSON.stringify(delta.thinking)}}`;
    case 'signature_delta':
    case 'citations_delta':
      return JSON.stringify(delta);
    default:
      return unreachable(delta);
  }
}

/** Clients ignore what a block contains when it opens: it has to follow as deltas. */
function splitOpening(block: OpeningBlock): { opening: OpeningBlock; grown: BlockDelta[] } {
  const grown: BlockDelta[] = [];
  if (block.type === 'text' && block.text !== '') {
    return { opening: { ...block, text: '' }, grown: [{ type: 'text_delta', text: block.text }] };
  }
  if (block.type === 'thinking') {
    const { signature, ...opening } = block;
    if (block.thinking !== '') grown.push({ type: 'thinking_delta', thinking: block.thinking });
    if (signature) grown.push({ type: 'signature_delta', signature });
    return { opening: { ...opening, thinking: '' }, grown };
  }
  if ((block.type === 'tool_use' || block.type === 'server_tool_use') && Object.keys(block.input).length > 0) {
    grown.push({ type: 'input_json_delta', partial_json: JSON.stringify(block.input) });
    return { opening: { ...block, input: {} }, grown };
  }
  return { opening: block, grown };
}

function encodeStreamFault(error: WireError): SseEvent {
  return { event: 'error', data: JSON.stringify({ type: 'error', error } satisfies WireStreamEvent) };
}

function encodeMessageStart({ id, model, usage }: MessageStart): SseEvent {
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage },
  } satisfies WireMessage;
  return { event: 'message_start', data: JSON.stringify({ type: 'message_start', message } satisfies WireStreamEvent) };
}

function encodeMessageDelta(event: MessageDelta): SseEvent {
  const { usage: usageFields, context_management: contextManagement, ...fields } = extensionFields(event.ext);
  const data = JSON.stringify({
    type: 'message_delta',
    delta: { stop_reason: event.stop_reason, stop_sequence: event.stop_sequence ?? null, ...fields },
    usage: { ...event.usage, ...(isJsonObject(usageFields) && usageFields) },
    ...(contextManagement !== undefined && { context_management: contextManagement }),
  } satisfies WireStreamEvent);
  return { event: 'message_delta', data };
}
