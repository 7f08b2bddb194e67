import type { ToolResultBlock } from '@claudex/sdk';
import type { TurnItem } from '@claudex/sdk/codec';
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
  /** What remains of the turn. */
  readonly rest: readonly TurnItem[];
}

interface FoundResult {
  readonly block: ToolResultBlock;
  readonly path: string;
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
  const { found, rest } = matchResults(calls, items, encoding);
  const outputs = calls.map((call): CallOutput => {
    const result = found.get(call.id);
    if (result !== undefined) return { call, parts: encodeResult(result, encoding) };
    encoding.losses.adjusted(
      call.path,
      'missing_tool_result',
      'The call was never answered, so an empty answer was put in.',
    );
    return { call, parts: [text('[no result]')] };
  });
  return { outputs, rest };
}

/** Writes what a call led to. */
export function outputItem({ call, parts }: CallOutput): ResponsesFunctionCallOutput {
  const item: ResponsesFunctionCallOutput = {
    type: 'function_call_output',
    call_id: call.wireId,
    output: flattenParts(parts),
  };
  if (call.caller !== undefined) item.caller = call.caller;
  return item;
}

/** What a result becomes whose call is not in the turn before it: text the model can still read. */
export function encodeOrphan(block: ToolResultBlock, path: string, encoding: Encoding): ResponsesInputPart[] {
  encoding.losses.degraded(
    path,
    'orphan_tool_result',
    'The call this result belongs to is not in the turn before it, so it is sent as text.',
  );
  const note = block.is_error === true ? '[Error from an earlier tool call:]' : '[Result of an earlier tool call:]';
  return [text(note), ...encodeBlock(block, path, encoding)];
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

function encodeResult({ block, path }: FoundResult, encoding: Encoding): ResponsesInputPart[] {
  const content = encodeBlock(block, path, encoding);
  const parts = content.length === 0 ? [text('[empty result]')] : content;
  return block.is_error === true ? [text('[The tool reported an error.]'), ...parts] : parts;
}
