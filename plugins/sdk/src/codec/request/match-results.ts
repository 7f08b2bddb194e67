import type { ToolResultBlock } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';
import type { TurnItem } from './conversation.ts';

/** What is known of a call that waits for its result. */
interface OpenCall {
  /** The id the client knows. */
  readonly id: string;
  /** Where the call stood in the request. */
  readonly path: string;
}

/** The result of a call, and where it stood in the request. */
export interface FoundResult {
  readonly block: ToolResultBlock;
  readonly path: string;
}

/** How the user's turn answers the calls before it. */
interface MatchedResults<Call extends OpenCall> {
  /** One for each call, in the order of the calls; without a result where the client sent none. */
  readonly answers: readonly { readonly call: Call; readonly result: FoundResult | undefined }[];
  /** What remains of the turn, among it results without a call. */
  readonly rest: readonly TurnItem[];
}

/**
 * Gives every call exactly one result, as every provider of OpenAI's protocols demands: that one is missing is recorded,
 * for the protocol to make up a visible one, and a second one is dropped. That the user's words between the results have
 * to wait until all calls are answered is recorded once.
 */
export function matchResults<Call extends OpenCall>(
  calls: readonly Call[],
  items: readonly TurnItem[],
  losses: LossLog,
): MatchedResults<Call> {
  if (calls.length === 0) return { answers: [], rest: items };
  const found = new Map<string, FoundResult | undefined>();
  for (const { id } of calls) found.set(id, undefined);
  const rest: TurnItem[] = [];
  for (const item of items) {
    if (item.kind !== 'block' || item.block.type !== 'tool_result' || !found.has(item.block.tool_use_id))
      rest.push(item);
    else if (found.get(item.block.tool_use_id) !== undefined)
      losses.dropped(item.path, 'duplicate_tool_result', 'The call was already answered.');
    else {
      const before = rest.find(saysSomething);
      if (before !== undefined) noteBlockOrder(before.path, losses);
      found.set(item.block.tool_use_id, { block: item.block, path: item.path });
    }
  }
  const answers = calls.map((call) => ({ call, result: found.get(call.id) }));
  for (const { call, result } of answers) {
    if (result === undefined)
      losses.adjusted(call.path, 'missing_tool_result', 'The call was never answered, so an empty answer was put in.');
  }
  return { answers, rest };
}

/** Records, once, that something does not stand where it stood, because calls and results must stand together. */
export function noteBlockOrder(path: string, losses: LossLog): void {
  const reason = 'Calls and their results stand together here, so what stood between them was moved.';
  losses.once('adjusted', path, 'block_order', reason);
}

function saysSomething(item: TurnItem): boolean {
  return item.kind === 'instruction' || item.block.type !== 'text' || item.block.text !== '';
}

/** Records that a result has no call in the turn before it, and returns what to put before its content, sent as text. */
export function orphanNote({ is_error: isError }: ToolResultBlock, path: string, losses: LossLog): string {
  losses.degraded(
    path,
    'orphan_tool_result',
    'The call this result belongs to is not in the turn before it, so it is sent as text.',
  );
  return isError === true ? '[Error from an earlier tool call:]' : '[Result of an earlier tool call:]';
}
