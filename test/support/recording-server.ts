import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

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
  const sockets = new Set<Socket>();
  const receive = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const raw = await text(incoming);
      const body = raw === '' ? null : JSON.parse(raw);
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, raw, body };
      const n = requests.push(request) - 1;
      await answer(request, response, n);
    } catch (error) {
      failures.push(error);
      response.destroy();
    }
  };
  const server = createServer((incoming, response) => void receive(incoming, response));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    failures,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
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
