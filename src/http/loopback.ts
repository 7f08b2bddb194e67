import { request as openRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { answerOf } from './answer.ts';
import { explain, givenUp, refusedRedirect } from './explain.ts';
import { UpstreamError } from './upstream-client.ts';

/** A control call to a proxy on this machine. */
export interface LoopbackRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** Time to the head of the answer in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The answer to a control call. */
export interface LoopbackResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** The raw pieces, for answers that stay open. Read the body one way only. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads at most `limit` bytes; default 1 MiB. */
  text(limit?: number): Promise<string>;
  /** Parses the body. Throws a SyntaxError when it is not JSON. */
  json(): Promise<unknown>;
  cancel(): void;
}

const MEBIBYTE = 1024 * 1024;
/** Only a process that does not take connections any more needs longer. */
const CONNECT_MS = 2_000;
const ANSWER_MS = 5_000;

/**
 * Calls a proxy on this machine, never through another proxy. Throws an UpstreamError when nothing answers. Goes by Node's own
 * client: every command that asks the proxy something would have to load another one first.
 */
export async function requestLoopback(request: LoopbackRequest): Promise<LoopbackResponse> {
  const address = new URL(request.url);
  const call = new LoopbackCall(address, request);
  const message = await call.answered;
  const { statusCode: status = 0, headers, rawHeaders } = message;
  const head = { status, headers, count: rawHeaders.length / 2 };
  const answer = answerOf(head, piecesOf(message, address), address, () => call.giveUp(givenUp()));
  const text = (limit = MEBIBYTE): Promise<string> => answer.text(limit);
  return { ...answer, text, json: async () => JSON.parse(await text()) as unknown };
}

/** One call up to the head of its answer. */
class LoopbackCall {
  readonly answered: Promise<IncomingMessage>;
  readonly #outgoing: ClientRequest;

  constructor(address: URL, { method = 'GET', headers, body, timeoutMs = ANSWER_MS, signal }: LoopbackRequest) {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    this.answered = promise;
    // A command is short-lived: an idle connection would only keep its process alive.
    this.#outgoing = openRequest(address, { method, agent: false, headers: { connection: 'close', ...headers } });
    let timer = this.#limit(address, CONNECT_MS);
    const abort = (): void => this.giveUp(givenUp());
    this.#outgoing.once('socket', (socket) =>
      socket.once('connect', () => {
        clearTimeout(timer);
        timer = this.#limit(address, timeoutMs);
      }),
    );
    this.#outgoing.once('response', (message) => {
      clearTimeout(timer);
      const { statusCode: status = 0 } = message;
      if (status < 300 || status >= 400) resolve(message);
      else this.giveUp(refusedRedirect(address, status));
    });
    this.#outgoing.on('error', (error) => reject(explain(error, address, 'asked')));
    this.#outgoing.once('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
    this.#outgoing.end(body);
  }

  giveUp(reason: UpstreamError): void {
    this.#outgoing.destroy(reason);
  }

  #limit(address: URL, limitMs: number): NodeJS.Timeout {
    const reason = new UpstreamError('timeout', `${address.origin}: no answer within ${limitMs / 1000} s`);
    return setTimeout(() => this.giveUp(reason), limitMs);
  }
}

async function* piecesOf(message: IncomingMessage, address: URL): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of message) yield piece as Buffer;
  } catch (error) {
    throw explain(error, address, 'answered');
  }
}
