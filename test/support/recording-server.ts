import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { serve, type SeenRequest } from './serve.ts';

/** One request as it arrived. */
export interface RecordedRequest<Body> {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The body exactly as sent, decoded as UTF-8. */
  readonly raw: string;
  /** The parsed body; null when there was none. */
  readonly body: Body;
}

/** A loopback server that remembers each request and lets `answer` reply. */
export interface RecordingServer<Body> {
  /** Without a trailing slash. */
  readonly url: string;
  readonly requests: readonly RecordedRequest<Body>[];
  /** What `answer` threw; a test that ends with entries here is wrong about its script. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/** Starts a {@link RecordingServer} on a free loopback port. `n` counts the requests from 0. */
export async function startRecordingServer<Body>(
  answer: (request: RecordedRequest<Body>, response: ServerResponse, n: number) => void | Promise<void>,
): Promise<RecordingServer<Body>> {
  const requests: RecordedRequest<Body>[] = [];
  const failures: unknown[] = [];
  const receive = async ({ body: raw, ...head }: SeenRequest, response: ServerResponse): Promise<void> => {
    try {
      const request = { ...head, raw, body: raw === '' ? null : JSON.parse(raw) };
      const n = requests.push(request) - 1;
      await answer(request, response, n);
    } catch (error) {
      failures.push(error);
      response.destroy();
    }
  };
  const { url, stop } = await serve((request, response) => void receive(request, response));
  return { url, requests, failures, close: stop };
}

/** Sends a whole answer: a string as it is, anything else as JSON. */
export function sendWhole(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: { readonly [name: string]: string } = {},
): void {
  const whole = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response
    .writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(whole), ...headers })
    .end(whole);
}
