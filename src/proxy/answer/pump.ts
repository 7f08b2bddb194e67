import type { Fault } from '@claudex/sdk';

/** A piece of the client's answer. */
export type Output = string | Uint8Array;

/**
 * Turns the pieces of an upstream's body into pieces of the client's, synchronously. It holds everything back
 * until the answer is committed, so that a failure before that leaves no trace.
 */
export interface Pump {
  /** Takes a piece and returns what can be sent, or nothing. */
  push(piece: Uint8Array): Output | undefined;
  /** The body is complete. */
  end(): Output | undefined;
  /** Ends the answer with a fault that did not come from its bytes. */
  fail(fault: Fault): void;
  /** Nothing more is expected: the answer's own end was seen. */
  readonly complete: boolean;
  /** Everything that matters has come, although the body may go on. */
  readonly settled: boolean;
  /** Something of the answer itself has been returned. */
  readonly committed: boolean;
  /** How the answer failed. */
  readonly fault: Fault | undefined;
}
