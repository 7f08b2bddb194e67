import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';

/**
 * Reads one output item and writes its blocks. Deltas count first; of what later events repeat, what no delta has said
 * is added. Any of the three may never be called, in any order; after `finish` only `compare` is called.
 */
export interface ItemReader {
  /** The item as it stands when it begins. */
  begin(item: ResponsesItem): void;
  /** An event about the item. */
  take(event: ResponsesEvent): void;
  /** The item is over: what it became, or `undefined` where the provider never showed it. Every block is closed. */
  finish(item: ResponsesItem | undefined): void;
  /** The finished item as the whole answer shows it once more. Nothing can be added: what differs is a loss. */
  compare?(item: ResponsesItem): void;
  /** Whether the finished item has left no block, although it should have. */
  readonly saidNothing?: boolean;
  /** Whether the item would now be over if nobody had to wait for its end. */
  readonly mayEnd?: boolean;
}
