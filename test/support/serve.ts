import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Exactly as sent, decoded as UTF-8. */
  readonly body: string;
}

/** A server on loopback with what it saw. */
export interface TestServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash. */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Settles when it has stopped, also by itself. */
  readonly stopped: Promise<void>;
  /** Closes every connection and waits until the port is free. */
  readonly stop: () => Promise<void>;
}

/** Serves on loopback and answers each request whose body has arrived. Port 0 takes a free one; rejects when it is taken. */
export async function serve(
  answer: (request: SeenRequest, response: ServerResponse, server: Server) => void,
  port = 0,
): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body };
      seen.push(request);
      answer(request, response, server);
    });
  });
  const host = '127.0.0.1';
  const taken = await listen(server, port);
  const stopped = once(server, 'close').then(() => undefined);
  const stop = (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    return stopped;
  };
  return { host, port: taken, url: `http://${host}:${taken}`, seen, stopped, stop, [Symbol.asyncDispose]: stop };
}
