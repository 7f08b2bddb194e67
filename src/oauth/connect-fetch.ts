import type { ConnectIo } from '@claudex/sdk';
import type { HttpRequest, UpstreamClient } from '../http/index.ts';

/** For one call of an exchange with its whole answer, in milliseconds. */
const LIMIT_MS = 15_000;
const CLOCKS = { connectMs: LIMIT_MS, firstByteMs: LIMIT_MS, idleMs: LIMIT_MS };
/** More of an answer is not read, in bytes. */
const MOST_BYTES = 256 * 1024;

/** The calls of one exchange. */
export interface ConnectCalls {
  readonly fetch: ConnectIo['fetch'];
  /** The status of the last answer; absent before the first. */
  readonly lastStatus: number | undefined;
}

/**
 * Makes the `fetch` that an exchange is handed. It goes the way of every other call, past the network's proxy and without
 * following redirects, and every answer is read within fixed limits.
 */
export function connectCalls(client: UpstreamClient, signal: AbortSignal): ConnectCalls {
  let lastStatus: number | undefined;
  return {
    get lastStatus() {
      return lastStatus;
    },
    async fetch(url, init = {}) {
      const request: HttpRequest = {
        method: methodOf(init.method),
        url,
        headers: lowerCased(init.headers ?? {}),
        ...(init.body !== undefined && { body: init.body }),
      };
      // A call that fails on the way says nothing about the credential, whatever an earlier one answered.
      lastStatus = undefined;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
      const response = await client.send(request, CLOCKS, limit);
      const { status, headers } = response;
      const text = await response.text(MOST_BYTES);
      lastStatus = status;
      return { status, headers, text: () => Promise.resolve(text) };
    },
  };
}

function methodOf(method = 'GET'): HttpRequest['method'] {
  if (method === 'GET' || method === 'POST' || method === 'DELETE') return method;
  throw new Error(`an exchange cannot call with the method ${method}`);
}

function lowerCased(headers: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
