import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ProviderIo, StartedUpstream } from '@claudex/sdk';
import { sendJson, sendOutcome } from './answer.ts';
import { play } from './play.ts';
import { readBody } from './read-body.ts';
import { readRequest } from './read-request.ts';
import { failure } from './reply.ts';
import { LISTED_MODELS } from './scenarios.ts';

// Longer than any client keeps an idle connection, so that none is closed under a request on its way.
const KEEP_ALIVE_MS = 120_000;

/** Starts the scripted provider on a free loopback port. It answers nobody who does not show its credential. */
export async function startServer(io: ProviderIo): Promise<StartedUpstream> {
  io.signal.throwIfAborted();
  const credential = `demo-${randomBytes(24).toString('base64url')}`;
  const stopping = new AbortController();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handle(request, response, credential, stopping.signal).catch((error: unknown) => {
      if (!response.destroyed) io.log(`demo: ${error instanceof Error ? error.message : String(error)}`);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): Promise<void> => stopServer(server, stopping);
  io.signal.addEventListener('abort', () => void stop(), { once: true });
  return { baseUrl: `http://127.0.0.1:${portOf(server)}/v1`, credential, stop };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  credential: string,
  stopping: AbortSignal,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
  if (!isAuthorized(request.headers.authorization, credential)) return sendFailure(response, UNAUTHORIZED);
  if (path === '/v1/models' && request.method === 'GET') {
    return sendJson(response, 200, { object: 'list', data: LISTED_MODELS.map(toWireModel) });
  }
  if (path !== '/v1/chat/completions') return sendFailure(response, notFound(`${request.method} ${path}`));
  if (request.method !== 'POST') return sendFailure(response, WRONG_METHOD);
  const body = await readBody(request);
  if (body === undefined) return sendFailure(response, TOO_LARGE);
  const chat = readRequest(body);
  if ('kind' in chat) return sendFailure(response, chat);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return sendOutcome(response, chat, play(chat), AbortSignal.any([gone.signal, stopping]));
}

async function stopServer(server: Server, stopping: AbortController): Promise<void> {
  stopping.abort();
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function isAuthorized(header: string | undefined, credential: string): boolean {
  // Digests, because only texts of the same length can be compared in constant time.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${credential}`));
}

function sendFailure(response: ServerResponse, { status, body, headers }: ReturnType<typeof failure>): void {
  sendJson(response, status, body, headers);
}

function toWireModel(id: string): object {
  return { id, object: 'model', created: 0, owned_by: 'claudex-demo' };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo server has no port');
  return address.port;
}

const notFound = (route: string): ReturnType<typeof failure> => {
  return failure(404, { message: `Invalid URL (${route})`, type: 'invalid_request_error' });
};

const UNAUTHORIZED = failure(401, {
  message: 'Incorrect API key provided. The demo provider answers only the Claudex proxy that started it.',
  type: 'invalid_request_error',
  code: 'invalid_api_key',
});

const WRONG_METHOD = failure(
  405,
  { message: 'Only POST is accepted here.', type: 'invalid_request_error', code: 'method_not_supported' },
  { allow: 'POST' },
);

const TOO_LARGE = failure(
  413,
  { message: 'The request body is larger than 64 MiB.', type: 'invalid_request_error', code: 'request_too_large' },
  { connection: 'close' },
);
