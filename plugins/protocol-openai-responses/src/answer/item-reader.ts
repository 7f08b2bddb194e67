import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';

/**
 * Reads one output item and writes its blocks. Deltas count first; what later events repeat counts only where no delta
 * came. Any of the three may never be called, in any order; after `finish` nothing is called any more.
 */
export interface ItemReader {
  /** The item as it stands when it begins. */
  begin(item: ResponsesItem): void;
  /** An event about the item. */
  take(event: ResponsesEvent): void;
  /** The item is over: what it became, or `undefined` where the provider never showed it. Every block is closed. */
  finish(item: ResponsesItem | undefined): void;
  /** Whether the item would now be over if nobody had to wait for its end. */
  readonly mayEnd?: boolean;
}
