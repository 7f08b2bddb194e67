/** Bodies up to this size are copied to the socket and kept with their request, which costs less time. */
const SMALL_BYTES = 16 * 1024;

/** A body that can be sent more than once, and that a request forgets as soon as it has sent it. */
export class RequestBody {
  readonly #whole: string | Uint8Array | undefined;
  /** The headers that the body needs. */
  readonly headers: { readonly [name: string]: string };

  constructor(body: string | Uint8Array | undefined) {
    const isLarge = body !== undefined && body.length > SMALL_BYTES;
    this.#whole = isLarge && typeof body === 'string' ? Buffer.from(body) : body;
    this.headers = isLarge ? { 'content-length': String(Buffer.byteLength(this.#whole ?? '')) } : {};
  }

  /**
   * The body for one try. A large one comes as a sequence of one piece, because the library keeps a body for as long as
   * the answer is open, but a sequence that has ended is empty.
   */
  once(): string | Uint8Array | null {
    const whole = this.#whole;
    if (whole === undefined) return null;
    if (whole.length <= SMALL_BYTES) return whole;
    // The library takes sequences, but its types only know those that are streams, which cost more.
    return new OnePiece(whole) as unknown as Uint8Array;
  }
}

/** A generator would keep its piece after its end. */
class OnePiece {
  #piece: string | Uint8Array | undefined;

  constructor(piece: string | Uint8Array) {
    this.#piece = piece;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<string | Uint8Array, undefined> {
    const value = this.#piece;
    this.#piece = undefined;
    return value === undefined ? { done: true, value } : { done: false, value };
  }
}
