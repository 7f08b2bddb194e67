import type { SearchIo } from '@claudex/sdk';
import type { HttpRequest, UpstreamClient } from '../../http/index.ts';

/** Most bytes that a search gets of one answer. */
const MAX_BYTES = 1024 * 1024;

/**
 * Lets a plugin work until it is done, `limitMs` are over or `signal` aborts; the last two reject. Whatever it has open
 * then is closed.
 */
export async function withSearchIo<Value>(
  upstream: UpstreamClient,
  signal: AbortSignal,
  limitMs: number,
  work: (io: SearchIo) => Promise<Value>,
): Promise<Value> {
  if (signal.aborted) throw new OverError();
  const call = new AbortController();
  const end = (): void => call.abort();
  const timer = setTimeout(end, limitMs);
  signal.addEventListener('abort', end, { once: true });
  const over = new Promise<never>((_resolve, reject) => {
    call.signal.addEventListener('abort', () => reject(new OverError()), { once: true });
  });
  try {
    // A plugin may also throw at once.
    return await Promise.race([over, (async () => work(searchIo(upstream, call.signal, limitMs)))()]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end();
  }
}

/** The proxy's own way to other servers, with its clocks and without redirects. */
function searchIo(upstream: UpstreamClient, signal: AbortSignal, limitMs: number): SearchIo {
  const limits = { connectMs: limitMs, firstByteMs: limitMs, idleMs: limitMs };
  return {
    signal,
    async fetch(url, init = {}) {
      const response = await upstream.send(requestOf(url, init), limits, signal);
      return { status: response.status, headers: response.headers, text: () => response.text(MAX_BYTES) };
    },
  };
}

function requestOf(url: string, init: NonNullable<Parameters<SearchIo['fetch']>[1]>): HttpRequest {
  const { method = 'GET', headers = {}, body } = init;
  if (method !== 'GET' && method !== 'POST') throw new TypeError('a search can only use GET and POST');
  if (!/^https?:/i.test(url)) throw new TypeError('a search can only ask http(s) addresses');
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { method, url, headers: Object.fromEntries(lower), ...(body !== undefined && { body }) };
}

/** The time of a search is over, or its client is gone. */
class OverError extends Error {
  override readonly name = 'OverError';
}
