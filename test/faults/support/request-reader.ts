import type { Socket } from 'node:net';

/** A request as it stood on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** Reads the requests of one connection, one after the other. */
export class RequestReader {
  /** Joined only when something is taken: a body of many MiB comes in many pieces. */
  #pieces: Buffer[] = [];
  #length = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    socket.on('data', (piece) => {
      this.#pieces.push(Buffer.from(piece));
      this.#length += piece.length;
      this.#wake?.();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#wake?.();
    });
  }

  /** The next request; undefined when the connection ended before one was complete. */
  async next(): Promise<WireRequest | undefined> {
    const headText = await this.#upTo('\r\n\r\n');
    if (headText === undefined) return undefined;
    const [first = '', ...lines] = headText.split('\r\n');
    const [method = '', path = ''] = first.split(' ');
    const headers = Object.fromEntries(lines.map((line) => headerOf(line)));
    const body = headers['transfer-encoding'] ? await this.#chunks() : await this.#take(lengthOf(headers));
    return body && { method, path, headers, body };
  }

  async #chunks(): Promise<Uint8Array | undefined> {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const size = await this.#upTo('\r\n');
      if (size === undefined) return undefined;
      const piece = await this.#take(Number.parseInt(size, 16) + 2);
      if (piece === undefined) return undefined;
      if (piece.length === 2) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, -2));
    }
  }

  /** The text before this separator, which is taken, too. */
  async #upTo(separator: string): Promise<string | undefined> {
    for (;;) {
      const place = this.#joined().indexOf(separator);
      if (place !== -1)
        return this.#cut(place + separator.length)
          .subarray(0, place)
          .toString();
      if (!(await this.#more())) return undefined;
    }
  }

  async #take(length: number): Promise<Uint8Array | undefined> {
    while (this.#length < length) if (!(await this.#more())) return undefined;
    return this.#cut(length);
  }

  #joined(): Buffer {
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }

  #cut(length: number): Buffer {
    const joined = this.#joined();
    this.#pieces = [joined.subarray(length)];
    this.#length -= length;
    return joined.subarray(0, length);
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    return !this.#ended;
  }
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function lengthOf(headers: { readonly [name: string]: string }): number {
  return Number(headers['content-length'] ?? 0);
}
