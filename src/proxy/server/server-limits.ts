import type { Server, ServerOptions } from 'node:http';
import { newId } from '../new-id.ts';
import { errorBody } from '../request-error.ts';

/** What a server has to be made with. */
export const SERVER_OPTIONS: ServerOptions = {
  // A missing one is refused where every other wrong one is.
  requireHostHeader: false,
  // Slow senders are looked for this often, in milliseconds: the limit would be half a minute longer by default.
  connectionsCheckingInterval: 2_000,
};

/** What is wrong with a request that never became one, by Node's code. */
const CLIENT_ERRORS: { readonly [code: string]: readonly [number, string, string] } = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'the headers are longer than 16 KiB'],
};

/** Sets the clocks of the listening side, and answers malformed HTTP in the shape clients expect. */
export function limitServer(server: Server): Server {
  server.headersTimeout = 60_000;
  server.requestTimeout = 60_000;
  // Longer than clients keep idle connections, so that they close first and never race us.
  server.keepAliveTimeout = 75_000;
  server.on('checkExpectation', (_request, response) => {
    const body = errorBody('invalid_request_error', 'this expectation cannot be met', newId('req'));
    response.writeHead(417, { 'content-type': 'application/json', connection: 'close' }).end(body);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const [status, reason, message] = CLIENT_ERRORS[error.code ?? ''] ?? [400, 'Bad Request', 'this is not valid HTTP'];
    const body = errorBody('invalid_request_error', message, newId('req'));
    socket.end(
      `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    return undefined;
  });
  return server;
}

/** The values of `Host` under which a proxy may be reached. */
export function hostsOf({ host, port }: { host: string; port: number }): ReadonlySet<string> {
  const own = host.includes(':') ? `[${host}]` : host;
  const names = ['127.0.0.1', 'localhost', '[::1]', own.toLowerCase()];
  // Clients leave the port out where it is the usual one.
  return new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
}
