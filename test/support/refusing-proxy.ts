import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from './listen.ts';

/** An HTTP proxy that lets nobody through and remembers where they wanted to go. */
export interface RefusingProxy {
  readonly url: string;
  /** `host:port` of each refused call, in order. */
  readonly hosts: readonly string[];
  /** Proxy variables for a process that must not leave this machine. */
  readonly environment: { readonly [name: string]: string };
  close(): Promise<void>;
}

/** Starts a {@link RefusingProxy} on a free loopback port. */
export async function startRefusingProxy(): Promise<RefusingProxy> {
  const hosts: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    hosts.push(URL.canParse(request.url ?? '') ? new URL(request.url ?? '').host : String(request.headers.host));
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    socket.on('error', () => socket.destroy());
    hosts.push(String(request.url));
    socket.end('HTTP/1.1 502 Refused\r\n\r\n');
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  const through = { HTTPS_PROXY: url, HTTP_PROXY: url, https_proxy: url, http_proxy: url };
  return {
    url,
    hosts,
    environment: { ...through, NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost' },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
