import type { ToolResultBlock } from '@claudex/sdk';
import { NOTES, matchResults, movedMediaNotes, orphanNote, type FoundResult, type TurnItem } from '@claudex/sdk/codec';
import type { ResponsesFunctionCallOutput, ResponsesInputPart } from '../wire.ts';
import type { IssuedCall } from './assistant-turn.ts';
import { encodeBlock } from './content.ts';
import type { Encoding } from './encoding.ts';
import { flattenParts, text } from './parts.ts';

/** What a call led to, before it is written. */
export interface CallOutput {
  readonly call: IssuedCall;
  /** Never empty. */
  readonly parts: ResponsesInputPart[];
}

/** How the user's turn answers the calls before it. */
interface EncodedResults {
  /** One for each call, in the order of the calls. */
  readonly outputs: readonly CallOutput[];
  /** Pictures and files that had to leave the outputs, each with a note saying whose it is. */
  readonly media: readonly ResponsesInputPart[];
  /** What remains of the turn. */
  readonly rest: readonly TurnItem[];
}

/**
 * Answers every call exactly once, as every provider of this protocol demands: a missing answer is made up visibly, a
 * second one is dropped, one without a call remains and becomes user text.
 */
export function encodeResults(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  encoding: Encoding,
): EncodedResults {
  const { answers, rest } = matchResults(calls, items, encoding.losses);
  const media: ResponsesInputPart[] = [];
  const isInline = encoding.context.quirks.toolResultMedia !== 'message';
  const outputs = answers.map(({ call, result }): CallOutput => {
    const parts = result === undefined ? [text(NOTES.missingResult)] : encodeResult(result, encoding);
    return { call, parts: isInline ? parts : parts.map((part) => moved(part, call, media)) };
  });
  return { outputs, media, rest };
}

/** Writes what a call led to. */
export function outputItem({ call, parts }: CallOutput): ResponsesFunctionCallOutput {
  const item: ResponsesFunctionCallOutput = {
    type: 'function_call_output',
    call_id: call.item.call_id,
    output: flattenParts(parts),
  };
  // Who made the call, where the provider said so, has to come back with the answer, too.
  const { caller } = call.item;
  if (caller !== undefined) item.caller = caller;
  return item;
}

/** What a result becomes whose call is not in the turn before it: text the model can still read. */
export function encodeOrphan(block: ToolResultBlock, path: string, encoding: Encoding): ResponsesInputPart[] {
  return [text(orphanNote(block, path, encoding.losses)), ...encodeBlock(block, path, encoding)];
}

/** What stands in an output for a part that it cannot hold, which goes to `media`. */
function moved(part: ResponsesInputPart, { item }: IssuedCall, media: ResponsesInputPart[]): ResponsesInputPart {
  if (part.type === 'input_text') return part;
  const notes = movedMediaNotes(part.type === 'input_image' ? 'image' : 'document', item.name, item.call_id);
  media.push(text(notes.there), part);
  return text(notes.here);
}

function encodeResult({ block, path }: FoundResult, encoding: Encoding): ResponsesInputPart[] {
  const content = encodeBlock(block, path, encoding);
  const parts = content.length === 0 ? [text(NOTES.emptyResult)] : content;
  return block.is_error === true ? [text(NOTES.failedResult), ...parts] : parts;
}
