import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error.ts';

/** How much beyond the limit is still read and thrown away, so that the client gets to see the refusal. */
const DISCARD_BYTES = 64 * 1024 * 1024;

/** Reads a request's JSON body as bytes. Refuses a foreign content type (415) and more than `limitBytes` (413). */
export async function readJsonBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new RequestError(415, 'invalid_request_error', 'the body must be sent as application/json');
  }
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity') {
    throw new RequestError(415, 'invalid_request_error', 'a compressed body is not accepted');
  }
  // Nothing of it is kept when it says by itself that it is too long.
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    if (size <= limitBytes) pieces.push(piece);
    else if (pieces.length > 0) pieces.length = 0;
    if (size > limitBytes + DISCARD_BYTES) break;
  }
  if (size > limitBytes) throw tooLarge(limitBytes);
  const [only] = pieces;
  return pieces.length === 1 && only ? only : Buffer.concat(pieces, size);
}

function tooLarge(limitBytes: number): RequestError {
  const mebibytes = limitBytes / 1024 / 1024;
  const message = `the request is larger than ${mebibytes} MiB (proxy_max_body_mb)`;
  return new RequestError(413, 'request_too_large', message, { connection: 'close' });
}
