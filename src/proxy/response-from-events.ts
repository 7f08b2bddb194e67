import type {
  BlockDelta,
  CanonicalEvent,
  CanonicalResponse,
  ContentBlock,
  JsonObject,
  Loss,
  MessageDelta,
  MessageStart,
  OpeningBlock,
} from '@claudex/sdk';
import { parseJsonObject } from './parse-json.ts';

const NO_USAGE = { input_tokens: 0, output_tokens: 0 };
const NO_START: MessageStart = { type: 'message_start', id: '', model: '', usage: NO_USAGE };
const NO_END: MessageDelta = { type: 'message_delta', stop_reason: null, usage: NO_USAGE };

/** A block that grows. Texts are joined once, at its end. */
interface OpenBlock {
  readonly opening: OpeningBlock;
  readonly text: string[];
  readonly citations: JsonObject[];
  signature?: string;
}

/**
 * Puts the events of a complete stream together into one answer, for clients that want it whole. Nothing is lost:
 * signatures, citations, blocks of server tools and extensions stay. Arguments that are not a JSON object are handed
 * over as text under one key, with a loss, because an empty object would look like a call without arguments.
 */
export function responseFromEvents(events: readonly CanonicalEvent[], losses: Loss[]): CanonicalResponse {
  const content: ContentBlock[] = [];
  let start = NO_START;
  let end = NO_END;
  let open: OpenBlock | undefined;
  for (const event of events) {
    if (event.type === 'message_start') {
      start = event;
    } else if (event.type === 'content_block_start') {
      open = { opening: event.content_block, text: [], citations: [] };
    } else if (event.type === 'content_block_delta') {
      if (open) grow(open, event.delta);
    } else if (event.type === 'content_block_stop') {
      if (open) content.push(closed(open, `content[${content.length}]`, losses));
      open = undefined;
    } else if (event.type === 'message_delta') {
      end = event;
    }
  }
  const { type: _type, ...ending } = end;
  return { id: start.id, model: start.model, content, ...ending };
}

function grow(open: OpenBlock, delta: BlockDelta): void {
  switch (delta.type) {
    case 'text_delta':
      open.text.push(delta.text);
      break;
    case 'thinking_delta':
      open.text.push(delta.thinking);
      break;
    case 'input_json_delta':
      open.text.push(delta.partial_json);
      break;
    case 'citations_delta':
      open.citations.push(delta.citation);
      break;
    case 'signature_delta':
      open.signature = delta.signature;
      break;
    default:
  }
}

function closed({ opening, text, citations, signature }: OpenBlock, path: string, losses: Loss[]): ContentBlock {
  const whole = text.join('');
  switch (opening.type) {
    case 'text': {
      const all = [...(opening.citations ?? []), ...citations];
      return { ...opening, text: opening.text + whole, ...(all.length > 0 && { citations: all }) };
    }
    case 'thinking':
      return { ...opening, thinking: opening.thinking + whole, ...(signature !== undefined && { signature }) };
    case 'tool_use':
    case 'server_tool_use':
      return whole.trim() === '' ? opening : { ...opening, input: inputOf(whole, `${path}.input`, losses) };
    default:
      return opening;
  }
}

function inputOf(text: string, path: string, losses: Loss[]): JsonObject {
  const input = parseJsonObject(text);
  if (input) return input;
  const reason = 'The arguments of the call are not a JSON object and are passed on as text.';
  losses.push({ kind: 'degraded', path, feature: 'tool_arguments', reason });
  return { unparsed_arguments: text };
}
