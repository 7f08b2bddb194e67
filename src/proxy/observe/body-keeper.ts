import type { HttpResponse } from '../../http/index.ts';
import type { ExchangeBodies } from '../../state/index.ts';

/** More of an answer is not kept, in bytes. */
const MOST_OF_ANSWER = 1024 * 1024;

/**
 * Keeps what the client sent and what the provider answered, as they came. Only for users who asked for it by
 * `history.bodies`: everything else that is kept are figures.
 */
export class BodyKeeper {
  readonly #request: Buffer;
  #answer: Uint8Array[] = [];
  #size = 0;
  #type: string | undefined;

  constructor(request: Buffer) {
    this.#request = request;
  }

  /** Reads along with an answer. What was read of the one before is forgotten. */
  watch(response: HttpResponse): HttpResponse {
    this.#answer = [];
    this.#size = 0;
    this.#type = response.headers['content-type'];
    const { status, headers, body } = response;
    return {
      status,
      headers,
      body: this.#read(body),
      text: (limit) => response.text(limit),
      cancel: () => response.cancel(),
    };
  }

  get bodies(): ExchangeBodies {
    return {
      request: this.#request.toString(),
      answer: Buffer.concat(this.#answer).toString(),
      ...(this.#type !== undefined && { answer_type: this.#type }),
    };
  }

  async *#read(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of body) {
      if (this.#size < MOST_OF_ANSWER) {
        // The piece may be a view into memory that is used again.
        this.#answer.push(Uint8Array.from(piece));
        this.#size += piece.byteLength;
      }
      yield piece;
    }
  }
}
