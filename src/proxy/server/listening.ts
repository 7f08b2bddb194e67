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

/** How long a connection without a running exchange may still take to end by itself, in milliseconds. */
const QUIET_MS = 500;

/**
 * Takes no more connections and waits until `isBusy` says that nothing runs. After `limitMs` the shutdown signal
 * ends what still runs. Connections that carry no exchange, also half a request, do not keep it waiting.
 */
export async function drain(
  server: Server,
  shutdown: AbortController,
  limitMs: number,
  isBusy: () => boolean,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  let quietSince = Date.now();
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    if (isBusy()) quietSince = Date.now();
    else if (Date.now() - quietSince >= QUIET_MS) server.closeAllConnections();
  }, 50);
  const timer = setTimeout(() => {
    shutdown.abort();
    // Aborted answers write their error event within this time.
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  }, limitMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
