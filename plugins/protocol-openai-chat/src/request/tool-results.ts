import type { ToolResultBlock } from '@claudex/sdk';
import { noteCacheControl, type TurnItem } from '@claudex/sdk/codec';
import type { ChatPart, ChatToolMessage } from '../wire.ts';
import type { IssuedCall } from './assistant-turn.ts';
import { encodeBlock, text } from './content.ts';
import type { Encoding } from './encoding.ts';

/** How the user's turn answers the calls before it. */
interface EncodedResults {
  /** One message for each call, in the order of the calls. */
  readonly messages: readonly ChatToolMessage[];
  /** Pictures of the results, which only a user message can carry, each with a note saying whose it is. */
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
  const messages: ChatToolMessage[] = [];
  const media: ChatPart[] = [];
  for (const call of calls) {
    const result = found.get(call.id);
    if (result === undefined) {
      encoding.losses.adjusted(
        call.path,
        'missing_tool_result',
        'The call was never answered, so an empty answer was put in.',
      );
      messages.push({ role: 'tool', tool_call_id: call.wireId, content: '[no result]' });
    } else {
      messages.push({ role: 'tool', tool_call_id: call.wireId, content: encodeResult(call, result, media, encoding) });
    }
  }
  return { messages, media, rest };
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

function encodeResult(call: IssuedCall, result: FoundResult, media: ChatPart[], encoding: Encoding): string {
  noteCacheControl(result.block, result.path, encoding.losses);
  const texts: string[] = [];
  for (const part of encodeBlock(result.block, result.path, encoding)) {
    if (part.type === 'text') {
      texts.push(part.text);
      continue;
    }
    texts.push('[The image of this result follows in the next user message.]');
    media.push(text(`[Image from the result of ${call.wireName}, call ${call.wireId}:]`), part);
  }
  const content = texts.length === 0 ? '[empty result]' : texts.join('\n');
  return result.block.is_error === true ? `[The tool reported an error.]\n${content}` : content;
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
