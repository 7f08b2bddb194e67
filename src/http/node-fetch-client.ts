import fetch, { type Response } from 'node-fetch';
import { messageOf, systemCodeOf } from '../errors/index.ts';
import { AgentPool } from './agents.ts';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';
import { IdleClock } from './idle-clock.ts';
import { readText } from './read-text.ts';
import {
  UpstreamError,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  type UpstreamClient,
} from './upstream-client.ts';

/** Makes the client that all calls to upstreams go through. */
export function createUpstreamClient(environment: NodeJS.ProcessEnv): UpstreamClient {
  const agents = new AgentPool(environment);
  return {
    send: (request, limits, signal) => send(agents, request, limits, signal),
    close: () => agents.close(),
  };
}

async function send(
  agents: AgentPool,
  request: HttpRequest,
  limits: HttpLimits,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const address = new URL(request.url);
  const call = new AbortController();
  const abort = (): void => call.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const clock = new IdleClock(abort);
  clock.start(limits.firstByteMs, `no answer within ${limits.firstByteMs / 1000} s`);
  const release = (): void => {
    clock.stop();
    signal.removeEventListener('abort', abort);
  };
  try {
    const agent = await agents.find(address, limits.connectMs);
    // A body given to fetch with a signal that is aborted already fails where nobody listens.
    if (call.signal.aborted) throw new UpstreamError('aborted', 'the caller gave up');
    const response = await fetch(address, {
      method: request.method,
      // Compression would hide a cut body and could blow up in memory.
      headers: { 'accept-encoding': 'identity', ...request.headers },
      ...(request.body === undefined ? {} : { body: bodyOf(request.body) }),
      agent,
      redirect: 'manual',
      signal: call.signal,
    });
    // The head is here; from now on only silence counts, and only while somebody reads.
    clock.stop();
    if (response.status >= 300 && response.status < 400) {
      abort();
      throw new UpstreamError(
        'refused-redirect',
        `${address.origin} answered with a redirect (${response.status}), which is not followed`,
      );
    }
    return answer(response, address, limits, clock, signal, abort, release);
  } catch (error) {
    release();
    throw explain(error, address, clock, signal);
  }
}

function bodyOf(body: string | Uint8Array): string | Buffer {
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function answer(
  response: Response,
  address: URL,
  limits: HttpLimits,
  clock: IdleClock,
  signal: AbortSignal,
  cancel: () => void,
  release: () => void,
): HttpResponse {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      clock.start(limits.idleMs, `silent for ${limits.idleMs / 1000} s`);
      for await (const piece of response.body ?? []) {
        clock.pause();
        yield piece as Buffer;
        clock.resume();
      }
    } catch (error) {
      throw explain(error, address, clock, signal);
    } finally {
      release();
    }
  }
  const body = pieces();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body,
    text: (limit) => readText(body, limit, cancel),
    cancel: () => {
      cancel();
      release();
    },
  };
}

function explain(error: unknown, address: URL, clock: IdleClock, signal: AbortSignal): UpstreamError {
  if (error instanceof UpstreamError) return error;
  if (clock.reason !== undefined)
    return new UpstreamError('timeout', `${address.origin}: ${clock.reason}`, { cause: error });
  if (signal.aborted) return new UpstreamError('aborted', 'the caller gave up', { cause: error });
  const code = systemCodeOf(error);
  if (code === CONNECT_TIMEOUT)
    return new UpstreamError('timeout', `${address.origin} did not accept a connection in time`, { cause: error });
  return new UpstreamError(
    'connection',
    `${address.origin} cannot be reached (${code ?? withoutSecrets(messageOf(error), address)})`,
    { cause: error },
  );
}

/** A query string may hold a key, and the address of a proxy a password. */
function withoutSecrets(message: string, address: URL): string {
  return message.replaceAll(address.href, address.origin).replaceAll(/\/\/[^/@\s]*@/g, '//');
}
