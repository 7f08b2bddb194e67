import { createNodeFetchClient } from './node-fetch-client.ts';
import type { UpstreamClient } from './upstream-client.ts';

/** A control call to a proxy on this machine. */
export interface LoopbackRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** Time to the head of the answer in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The answer to a control call. */
export interface LoopbackResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** The raw pieces, for answers that stay open. Read the body one way only. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads at most `limit` bytes; default 1 MiB. */
  text(limit?: number): Promise<string>;
  /** Parses the body. Throws a SyntaxError when it is not JSON. */
  json(): Promise<unknown>;
  cancel(): void;
}

const MEBIBYTE = 1024 * 1024;
let client: UpstreamClient | undefined;

/** Calls a proxy on this machine, never through another proxy. Throws an UpstreamError when nothing answers. */
export async function requestLoopback(request: LoopbackRequest): Promise<LoopbackResponse> {
  client ??= createNodeFetchClient({});
  const response = await client.send(
    {
      method: request.method ?? 'GET',
      url: request.url,
      // A command is short-lived: an idle connection would only keep its process alive.
      headers: { connection: 'close', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
    },
    { connectMs: 2_000, firstByteMs: request.timeoutMs ?? 5_000, idleMs: 0 },
    request.signal ?? new AbortController().signal,
  );
  const text = (limit = MEBIBYTE): Promise<string> => response.text(limit);
  return {
    status: response.status,
    headers: response.headers,
    body: response.body,
    text,
    json: async () => JSON.parse(await text()) as unknown,
    cancel: () => response.cancel(),
  };
}
