import type { ToolResultBlock } from '@claudex/sdk';
import type { TurnItem } from '@claudex/sdk/codec';
import type { ChatPart, ChatTextPart } from '../wire.ts';
import type { IssuedCall } from './assistant-message.ts';
import { encodeBlock } from './content.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

/** The answer to one call, for a message of its own. */
interface EncodedResult {
  readonly wireId: string;
  readonly parts: ChatTextPart[];
}

/** How the user's turn answers the calls before it. */
interface EncodedResults {
  /** One for each call, in the order of the calls. */
  readonly answers: readonly EncodedResult[];
  /** Pictures and files of the results, which only a user message can carry, each with a note saying whose it is. */
  readonly media: readonly ChatPart[];
  /** What remains of the turn. */
  readonly rest: readonly TurnItem[];
}

interface FoundResult {
  readonly block: ToolResultBlock;
  readonly path: string;
}

/**
 * Answers every call exactly once, directly after the calls, as every provider of this protocol demands:
 * a missing answer is made up visibly, a second one is dropped, one without a call becomes user text.
 */
export function encodeResults(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  encoding: Encoding,
): EncodedResults {
  const { found, rest } = matchResults(calls, items, encoding);
  const media: ChatPart[] = [];
  const answers = calls.map((call): EncodedResult => {
    const result = found.get(call.id);
    if (result !== undefined) return { wireId: call.wireId, parts: encodeResult(call, result, media, encoding) };
    encoding.losses.adjusted(
      call.path,
      'missing_tool_result',
      'The call was never answered, so an empty answer was put in.',
    );
    return { wireId: call.wireId, parts: [text('[no result]')] };
  });
  return { answers, media, rest };
}

function matchResults(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  encoding: Encoding,
): { found: Map<string, FoundResult>; rest: TurnItem[] } {
  const open = new Set(calls.map((call) => call.id));
  const found = new Map<string, FoundResult>();
  const rest: TurnItem[] = [];
  for (const item of items) {
    if (item.kind !== 'block' || item.block.type !== 'tool_result' || !open.has(item.block.tool_use_id))
      rest.push(item);
    else if (found.has(item.block.tool_use_id))
      encoding.losses.dropped(item.path, 'duplicate_tool_result', 'The call was already answered.');
    else found.set(item.block.tool_use_id, { block: item.block, path: item.path });
  }
  return { found, rest };
}

function encodeResult(call: IssuedCall, result: FoundResult, media: ChatPart[], encoding: Encoding): ChatTextPart[] {
  const parts: ChatTextPart[] = [];
  if (result.block.is_error === true) parts.push(text('[The tool reported an error.]'));
  const content = encodeBlock(result.block, result.path, encoding);
  for (const part of content) {
    if (part.type === 'text') {
      parts.push(part);
      continue;
    }
    const kind = part.type === 'image_url' ? 'image' : 'document';
    parts.push(text(`[The ${kind} of this result follows in the next user message.]`));
    media.push(
      text(`[${kind === 'image' ? 'Image' : 'Document'} from the result of ${call.wireName}, call ${call.wireId}:]`),
      part,
    );
  }
  if (content.length === 0) parts.push(text('[empty result]'));
  return parts;
}

/** What a result becomes whose call is not in the turn before it: text the model can still read. */
export function encodeOrphan(block: ToolResultBlock, path: string, encoding: Encoding): ChatPart[] {
  encoding.losses.degraded(
    path,
    'orphan_tool_result',
    'The call this result belongs to is not in the turn before it, so it is sent as text.',
  );
  const note = block.is_error === true ? '[Error from an earlier tool call:]' : '[Result of an earlier tool call:]';
  return [text(note), ...encodeBlock(block, path, encoding)];
}
