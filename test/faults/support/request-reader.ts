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
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    socket.on('data', (piece) => {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.from(piece)]);
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
      const place = this.#bytes.indexOf(separator);
      if (place !== -1) {
        const text = this.#bytes.subarray(0, place).toString();
        this.#bytes = this.#bytes.subarray(place + separator.length);
        return text;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  async #take(length: number): Promise<Uint8Array | undefined> {
    while (this.#bytes.length < length) if (!(await this.#more())) return undefined;
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
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
