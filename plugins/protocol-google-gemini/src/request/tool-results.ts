import type { JsonObject, ToolResultBlock } from '@claudex/sdk';
import { NOTES, matchResults, movedMediaNotes, orphanNote, type FoundResult, type TurnItem } from '@claudex/sdk/codec';
import type { GeminiBlob, GeminiFunctionResponse, GeminiPart } from '../wire.ts';
import { encodeBlock } from './content.ts';
import type { Encoding } from './encoding.ts';
import type { IssuedCall } from './model-turn.ts';
import { text, type SaidPart } from './parts.ts';

/** How the user's turn answers the calls before it. */
interface EncodedResults {
  /** One for each call, in the order of the calls. */
  readonly responses: readonly GeminiPart[];
  /** Pictures and files that cannot stand inside the results, each with a note saying whose it is. */
  readonly media: readonly SaidPart[];
  /** What remains of the turn. */
  readonly rest: readonly TurnItem[];
}

/**
 * Answers every call exactly once, all of them in one turn and in the order of the calls, because models before Gemini 3
 * match them by name and order. A missing answer is made up visibly, a second one is dropped, one without a call remains
 * and becomes user text.
 */
export function encodeResults(
  calls: readonly IssuedCall[],
  items: readonly TurnItem[],
  encoding: Encoding,
): EncodedResults {
  const { answers, rest } = matchResults(calls, items, encoding.losses);
  const media: SaidPart[] = [];
  const responses = answers.map(({ call, result }) => ({
    functionResponse:
      result === undefined
        ? responseTo(call, { output: NOTES.missingResult })
        : encodeResult(call, result, media, encoding),
  }));
  return { responses, media, rest };
}

/** What a result becomes whose call is not in the turn before it: text the model can still read. */
export function encodeOrphan(block: ToolResultBlock, path: string, encoding: Encoding): SaidPart[] {
  return [text(orphanNote(block, path, encoding.losses)), ...encodeBlock(block, path, encoding)];
}

function encodeResult(
  call: IssuedCall,
  { block, path }: FoundResult,
  media: SaidPart[],
  encoding: Encoding,
): GeminiFunctionResponse {
  const { toolResultMedia = encoding.isModern ? 'inline' : 'message' } = encoding.context.quirks;
  const isInline = toolResultMedia === 'inline';
  const words: string[] = [];
  const inside: { inlineData: GeminiBlob }[] = [];
  for (const part of encodeBlock(block, path, encoding)) {
    if ('text' in part) {
      words.push(part.text);
      continue;
    }
    const kind = isPicture(part) ? 'image' : 'document';
    if (isInline && 'inlineData' in part) {
      words.push(`[The ${kind} of this result is attached.]`);
      inside.push(part);
      continue;
    }
    const notes = movedMediaNotes(kind, call.part.functionCall.name, call.wireId);
    words.push(notes.here);
    media.push(text(notes.there), part);
  }
  const output = words.length === 0 ? NOTES.emptyResult : words.join('\n');
  const response = responseTo(call, block.is_error === true ? { error: output } : { output });
  return inside.length === 0 ? response : { ...response, parts: inside };
}

function responseTo({ part }: IssuedCall, response: JsonObject): GeminiFunctionResponse {
  const { id, name } = part.functionCall;
  return { ...(id !== undefined && { id }), name, response };
}

function isPicture(part: Exclude<SaidPart, { text: string }>): boolean {
  const type = 'inlineData' in part ? part.inlineData.mimeType : (part.fileData.mimeType ?? '');
  return type.startsWith('image/');
}
