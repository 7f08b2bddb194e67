import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, systemCodeOf } from '../errors/index.ts';

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

/**
 * Takes no more connections and waits for those that are open. After `limitMs` the shutdown signal ends what
 * still runs.
 */
export async function drain(server: Server, shutdown: AbortController, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // Connections fall idle one by one as their answers finish; nothing else would close them before their clocks do.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const timer = setTimeout(() => {
    shutdown.abort();
    // Aborted answers write their error event within this time.
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  }, limitMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
