import type { IncomingMessage } from 'node:http';

const LARGEST_BODY = 64 * 1024 * 1024;

/** Reads a body as UTF-8. Returns undefined when it is larger than 64 MiB; the rest is then discarded. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) {
      request.resume();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
