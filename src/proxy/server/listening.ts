import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, messageOf, systemCodeOf } from '../../errors/index.ts';
import type { Log } from '../log.ts';

/** Listens, and returns the port. Throws a failure `port-taken`. What goes wrong later is only logged. */
export function listen(server: Server, host: string, port: number, log: Log): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      if (systemCodeOf(error) !== 'EADDRINUSE') return reject(error);
      reject(
        failure(
          'port-taken',
          `port ${port} on ${host} is taken`,
          'Choose another port: set proxy_port, or "claudex proxy start --port <number>".',
          error,
        ),
      );
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      // A connection that the system could not hand over is one client's trouble, and no reason to end all others.
      server.on('error', (error) => {
        log({ level: 'warn', event: 'warning', message: `a connection could not be accepted: ${messageOf(error)}` });
      });
      resolve((server.address() as AddressInfo).port);
    });
  });
}
