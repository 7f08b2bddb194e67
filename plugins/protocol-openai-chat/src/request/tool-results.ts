import type { ToolResultBlock } from '@claudex/sdk';
import { NOTES, matchResults, movedMediaNotes, orphanNote, type FoundResult, type TurnItem } from '@claudex/sdk/codec';
import type { ChatPart } from '../wire.ts';
import type { IssuedCall } from './assistant-message.ts';
import { encodeBlock } from './content.ts';
import type { Encoding } from './encoding.ts';
import { text } from './parts.ts';

/** The answer to one call, for a message of its own. */
interface EncodedResult {
  readonly wireId: string;
  readonly parts: ChatPart[];
}

/** How the user's turn answers the calls before it. */
interface EncodedResults {
  /** One for each call, in the order of the calls. */
  readonly answers: readonly EncodedResult[];
  /** Pictures and files of the results where only a user message can carry them, each with a note saying whose it is. */
  readonly media: readonly ChatPart[];
  /** What remains of the turn. */
  readonly rest: readonly TurnItem[];
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
  const { answers, rest } = matchResults(calls, items, encoding.losses);
  const media: ChatPart[] = [];
  const encoded = answers.map(({ call, result }): EncodedResult => ({
    wireId: call.wireId,
    parts: result === undefined ? [text(NOTES.missingResult)] : encodeResult(call, result, media, encoding),
  }));
  return { answers: encoded, media, rest };
}

function encodeResult(call: IssuedCall, result: FoundResult, media: ChatPart[], encoding: Encoding): ChatPart[] {
  const parts: ChatPart[] = [];
  const isInline = encoding.context.quirks.toolResultMedia === 'inline';
  if (result.block.is_error === true) parts.push(text(NOTES.failedResult));
  const content = encodeBlock(result.block, result.path, encoding);
  for (const part of content) {
    if (part.type === 'text' || isInline) {
      parts.push(part);
      continue;
    }
    const kind = part.type === 'image_url' ? 'image' : 'document';
    const notes = movedMediaNotes(kind, call.wireName, call.wireId);
    parts.push(text(notes.here));
    media.push(text(notes.there), part);
  }
  if (content.length === 0) parts.push(text(NOTES.emptyResult));
  return parts;
}

/** What a result becomes whose call is not in the turn before it: text the model can still read. */
export function encodeOrphan(block: ToolResultBlock, path: string, encoding: Encoding): ChatPart[] {
  return [text(orphanNote(block, path, encoding.losses)), ...encodeBlock(block, path, encoding)];
}
