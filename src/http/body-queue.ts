import type { IdleClock } from './idle-clock.ts';

/** Where the pieces of a body come from. */
export interface BodySource {
  /** No more pieces, please. */
  pause(): void;
  /** There is room again. May deliver at once. */
  resume(): void;
  /** Nobody reads on. */
  abandon(): void;
}

/** Most bytes that wait for a slow reader before the source is paused. */
const MOST_WAITING = 64 * 1024;

/**
 * The body of an answer between the socket that brings it and the one who reads it. Pieces that come in one turn are read
 * as one. The clock runs only while the reader waits, and a failure is thrown only at the reader, after what came before
 * it.
 */
export class BodyQueue implements AsyncIterableIterator<Uint8Array> {
  readonly #clock: IdleClock;
  readonly #source: BodySource;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #isPaused = false;
  /** Absent while more may come. */
  #end: { readonly failure: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  /** The clock has been started with the longest silence, and is paused. */
  constructor(clock: IdleClock, source: BodySource) {
    this.#clock = clock;
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Takes a piece, and pauses the source when too many wait. */
  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.byteLength;
    if (this.#bytes >= MOST_WAITING && !this.#isPaused) {
      this.#isPaused = true;
      this.#source.pause();
    }
    this.#rouse();
  }

  /** The body is complete, or `failure` says why it will not be. */
  end(failure?: Error): void {
    this.#end ??= { failure };
    this.#rouse();
  }

  /** Fails at once: what has not been read is forgotten. */
  destroy(failure: Error): void {
    this.#forget();
    this.end(failure);
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      if (this.#pieces.length > 0) return { done: false, value: this.#take() };
      if (this.#end?.failure) throw this.#end.failure;
      if (this.#end) return { done: true, value: undefined };
      await this.#more();
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#forget();
    if (!this.#end) this.#source.abandon();
    return { done: true, value: undefined };
  }

  /** Others may push in the turn that wakes the reader; it comes back for all of them. */
  #more(): Promise<void> {
    this.#clock.resume();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  #rouse(): void {
    if (this.#wake === undefined) return;
    this.#clock.pause();
    this.#wake();
    this.#wake = undefined;
  }

  #take(): Uint8Array {
    const [first] = this.#pieces;
    const all = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces, this.#bytes);
    this.#forget();
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#source.resume();
    }
    return all;
  }

  #forget(): void {
    this.#pieces = [];
    this.#bytes = 0;
  }
}
