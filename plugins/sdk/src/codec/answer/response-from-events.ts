import {
  isJsonObject,
  type BlockDelta,
  type CanonicalEvent,
  type CanonicalResponse,
  type ContentBlock,
  type JsonObject,
  type Loss,
  type MessageDelta,
  type MessageStart,
  type OpeningBlock,
} from '../../index.ts';
import { parseJson } from '../values.ts';
import { isEmptyInput } from './empty-input.ts';

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

/** Parses JSON of unknown origin; `undefined` when it is none. */
type Parse = (json: string) => unknown;

/**
 * Puts the events of a complete stream together into one answer. Nothing is lost: signatures, citations, blocks of server
 * tools and extensions stay. Losses among the events are for the caller to collect.
 *
 * Arguments that are not a JSON object are handed over whole under one key no tool has, with a loss. A stream can pass
 * them on as they are, and the client then reports bad JSON to the model; here an object must be made of them, and an
 * empty one would look like a call without arguments: it might run, and the model would never learn why.
 */
export function responseFromEvents(
  events: readonly CanonicalEvent[],
  losses: Loss[],
  parse: Parse = parseJson,
): CanonicalResponse {
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
      if (open) content.push(closed(open, (json) => inputOf(json, `content[${content.length}].input`, losses, parse)));
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

function closed(
  { opening, text, citations, signature }: OpenBlock,
  readInput: (json: string) => JsonObject,
): ContentBlock {
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
      return isEmptyInput(whole) ? opening : { ...opening, input: readInput(whole) };
    default:
      return opening;
  }
}

function inputOf(text: string, path: string, losses: Loss[], parse: Parse): JsonObject {
  const parsed = parse(text);
  // Some servers encode twice.
  const value = typeof parsed === 'string' ? parse(parsed) : parsed;
  if (isJsonObject(value)) return value;
  const reason = 'The arguments of the call are not a JSON object and are passed on as text.';
  losses.push({ kind: 'degraded', path, feature: 'tool_arguments', reason });
  return { unparsed_arguments: text };
}
