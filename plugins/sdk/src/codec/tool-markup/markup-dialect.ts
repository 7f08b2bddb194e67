import type { JsonObject } from '../../index.ts';
import type { MarkupCursor, Reading } from './markup-cursor.ts';

/** A call that was printed as text. */
export interface PrintedCall {
  readonly name: string;
  readonly arguments: JsonObject;
}

/** What the request offers to the model. */
export interface Offer {
  /** Whether a tool of this name is offered. */
  has(name: string): boolean;
  /** The schema of its arguments, where it is known. */
  schemaOf(name: string): JsonObject | undefined;
}

/** One way in which models print calls. */
export interface MarkupDialect {
  /** How the markup begins. */
  readonly openings: readonly string[];
  /**
   * Reads the markup behind its opening, as far as it makes sense. Calls `found` for every call that is complete;
   * what follows the last of them is text again.
   */
  read(cursor: MarkupCursor, offer: Offer, found: (call: PrintedCall) => void): Reading<void>;
}
