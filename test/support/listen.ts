import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Has a server listen on 127.0.0.1 and returns the port. Port 0 takes a free one; rejects when the port is taken. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
