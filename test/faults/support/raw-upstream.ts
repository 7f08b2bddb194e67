import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listen } from '../../support/listen.ts';
import type { Call, Script } from './call.ts';
import { RequestReader, type WireRequest } from './request-reader.ts';

/** A certificate with its private key, both as PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** A provider on raw TCP, which does byte for byte what its script says. */
export interface RawUpstream {
  readonly port: number;
  /** What it was asked, in the order of arrival. */
  readonly calls: readonly Call[];
  /** How many connections are open now. */
  readonly open: () => number;
  /** How many connections there have ever been. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Starts a {@link RawUpstream} on a free port of 127.0.0.1, with TLS when there is a certificate. */
export async function startRawUpstream(script: Script, certificate?: KeyPair): Promise<RawUpstream> {
  const calls: Call[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const accept = (socket: Socket): void => {
    const connection = connections;
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    void converse(socket, connection, script, calls);
  };
  // What a script leaves half-open stays so until the script or the proxy ends it.
  const server: Server = certificate
    ? createTlsServer({ ...certificate, allowHalfOpen: true }, accept)
    : createServer({ allowHalfOpen: true, noDelay: true }, accept);
  // A client that does not trust the certificate hangs up during the handshake.
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  return {
    port,
    calls,
    open: () => sockets.size,
    connections: () => connections,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function converse(socket: Socket, connection: number, script: Script, calls: Call[]): Promise<void> {
  let closedAt: number | undefined;
  const ended = Promise.withResolvers<void>();
  const close = (): void => {
    closedAt ??= Date.now();
    ended.resolve();
  };
  socket.once('close', close);
  // The proxy gives a call up by closing its side.
  socket.once('end', () => {
    close();
    socket.end();
  });
  const reader = new RequestReader(socket);
  for (;;) {
    const request = await reader.next();
    if (request === undefined) return;
    const call = callOf(request, {
      n: calls.length,
      connection,
      socket,
      closedAt: () => closedAt,
      gone: ended.promise,
    });
    calls.push(call);
    for (const step of script(call)) await step(call);
    if (socket.destroyed || socket.writableEnded) return;
  }
}

function callOf(
  { method, path, headers, body }: WireRequest,
  rest: Pick<Call, 'n' | 'connection' | 'socket' | 'closedAt' | 'gone'>,
): Call {
  const bearer = headers['authorization']?.replace(/^Bearer /, '');
  let parsed: Call['body'] | undefined;
  return {
    ...rest,
    at: Date.now(),
    method,
    path,
    headers,
    key: headers['x-api-key'] ?? bearer,
    // Parsed when somebody looks: a large one takes a while.
    get body() {
      parsed ??= body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(body)) as Call['body']);
      return parsed;
    },
  };
}
