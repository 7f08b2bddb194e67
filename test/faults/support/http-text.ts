import { STATUS_CODES } from 'node:http';

/** Headers of a scripted answer, in any case. */
export interface Headers {
  readonly [name: string]: string;
}

/** The head of an answer. */
export function head(status: number, headers: Headers = {}, version = '1.1'): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/${version} ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}

/** The head of a stream whose pieces are chunks. */
export function streamHead(headers: Headers = {}): string {
  return head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked', ...headers });
}

/** One chunk of a chunked body. */
export function chunk(text: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** What ends a chunked body. */
export const LAST_CHUNK = '0\r\n\r\n';

/** A whole answer with its length. Objects are sent as JSON, text as it is. */
export function whole(status: number, body: object | string, headers: Headers = {}): Uint8Array {
  const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const described = { 'content-type': 'application/json', 'content-length': String(text.length), ...headers };
  return Buffer.concat([Buffer.from(head(status, described)), text]);
}
