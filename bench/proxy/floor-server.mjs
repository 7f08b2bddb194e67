// What both floors share. Plain JavaScript without dependencies, so that nothing but the floor itself is measured.
import { Agent, createServer, request } from 'node:http';

const [, , upstreamPort, upstreamPath] = process.argv;
const agent = new Agent({ keepAlive: true, maxFreeSockets: 256 });

/**
 * Listens on a free port and prints it as JSON.
 * @param {import('node:http').RequestListener} answer
 */
export function serve(answer) {
  const server = createServer(answer);
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
  process.on('SIGTERM', () => process.exit());
}

/**
 * Opens the same request at the upstream, without its body.
 * @param {import('node:http').IncomingMessage} incoming
 * @param {number} [length] of a body that was written anew
 * @returns {import('node:http').ClientRequest}
 */
export function openUpstream(incoming, length) {
  const { host: _host, authorization: _token, ...headers } = incoming.headers;
  if (length !== undefined) headers['content-length'] = String(length);
  return request({
    agent,
    host: '127.0.0.1',
    port: Number(upstreamPort),
    path: upstreamPath,
    method: incoming.method,
    headers: { ...headers, authorization: 'Bearer bench-key' },
  });
}
