/**
 * A synchronous stream function. It holds state but touches nothing outside itself: no sockets, clocks,
 * random numbers or files, so that tests feed arrays and compare arrays.
 */
export interface Machine<In, Out> {
  /** Takes one input and returns what it causes, often nothing. Must not throw on anything an upstream can send. */
  push(input: In): Out[];
  /** The input has ended. Returns what was held back, or what the unexpected end causes. Called once. */
  end(): Out[];
  /**
   * True once everything that matters has come, although the input may go on: the caller may end it then instead of
   * waiting for an end that some upstreams never send.
   */
  readonly settled?: boolean;
}

/** One Server-Sent Event, already split from its bytes. */
export interface SseEvent {
  /** The `event:` line, absent when the stream has none. */
  readonly event?: string;
  /** The `data:` lines, joined by line feeds. */
  readonly data: string;
}
