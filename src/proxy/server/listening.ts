import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, systemCodeOf } from '../../errors/index.ts';

/** Listens, and returns the port. Throws a failure `port-taken`. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (systemCodeOf(error) !== 'EADDRINUSE') return reject(error);
      reject(
        failure(
          'port-taken',
          `port ${port} on ${host} is taken`,
          'Choose another port: set proxy_port, or "claudex proxy start --port <number>".',
          error,
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
