import type { Response } from 'node-fetch';
import { AgentPool } from './agents.ts';
import { answerOf } from './answer.ts';
import { explain, givenUp, isClosed, isRedirect, refusedRedirect, wasReset, type Progress } from './explain.ts';
import { IdleClock } from './idle-clock.ts';
import { observe, type ObservedAgent } from './observed-agent.ts';
import {
  UpstreamError,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  type UpstreamClient,
} from './upstream-client.ts';

/**
 * Makes the client for whatever is not an exchange: control calls, health, logins. It costs more for each call than the
 * other one, and less to load.
 */
export function createNodeFetchClient(environment: NodeJS.ProcessEnv): UpstreamClient {
  const agents = new AgentPool(environment);
  return {
    send: (request, limits, signal) => new NodeFetchCall(agents, request, limits, signal).start(),
    close: () => agents.close(),
  };
}

/** One request from its start to the end of its answer. */
class NodeFetchCall {
  readonly #agents: AgentPool;
  readonly #address: URL;
  readonly #limits: HttpLimits;
  readonly #signal: AbortSignal;
  readonly #call = new AbortController();
  readonly #clock: IdleClock;
  #request: HttpRequest | undefined;
  #observed: ObservedAgent | undefined;
  /** Why we gave up ourselves. */
  #reason: UpstreamError | undefined;

  constructor(agents: AgentPool, request: HttpRequest, limits: HttpLimits, signal: AbortSignal) {
    this.#agents = agents;
    this.#address = new URL(request.url);
    this.#request = request;
    this.#limits = limits;
    this.#signal = signal;
    this.#clock = new IdleClock((why) => this.#giveUp(new UpstreamError('timeout', `${this.#address.origin}: ${why}`)));
  }

  /** Resolves when the head of the answer is there. */
  async start(): Promise<HttpResponse> {
    if (this.#signal.aborted) throw givenUp();
    this.#signal.addEventListener('abort', this, { once: true });
    const { firstByteMs } = this.#limits;
    this.#clock.start(firstByteMs, `no answer within ${firstByteMs / 1000} s`);
    try {
      return this.#answer(await this.#send());
    } catch (error) {
      const reason = this.#explain(error, 'asked');
      this.#giveUp(reason);
      throw reason;
    }
  }

  /** The caller gives up. */
  handleEvent(): void {
    this.#giveUp(givenUp());
  }

  /** An upstream may close a connection just when it is used again; it has not seen the request then. */
  async #send(): Promise<Response> {
    try {
      return await this.#fetch(false);
    } catch (error) {
      if (this.#reason || !isClosed(error) || this.#observed?.isStale() !== true) throw error;
      return this.#fetch(true);
    }
  }

  async #fetch(isFresh: boolean): Promise<Response> {
    this.#observed = observe(await this.#agents.find(this.#address, { connectMs: this.#limits.connectMs, isFresh }));
    // Most commands never call anybody.
    const { default: nodeFetch } = await import('node-fetch');
    // A body given to fetch with a signal that is aborted already fails where nobody listens.
    if (this.#reason || !this.#request) throw this.#reason ?? givenUp();
    const { method, headers, body } = this.#request;
    return nodeFetch(this.#address, {
      method,
      headers: { 'accept-encoding': 'identity', ...headers },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
      agent: this.#observed.agent,
      compress: false,
      redirect: 'manual',
      signal: this.#call.signal,
    });
  }

  #answer(response: Response): HttpResponse {
    this.#request = undefined;
    const { status } = response;
    if (isRedirect(status)) throw refusedRedirect(this.#address, status);
    const raw = Object.values(response.headers.raw());
    const head = { status, headers: Object.fromEntries(response.headers), count: raw.flat().length };
    const cancel = (): void => this.#giveUp(givenUp());
    return answerOf(head, this.#pieces(response), this.#address, cancel);
  }

  /** From here on only silence counts, and only while somebody reads. */
  async *#pieces(response: Response): AsyncGenerator<Uint8Array> {
    const { idleMs } = this.#limits;
    try {
      this.#clock.start(idleMs, `silent for ${idleMs / 1000} s`);
      for await (const piece of response.body ?? []) {
        this.#clock.pause();
        yield piece as Buffer;
        this.#clock.resume();
      }
      if (isEndless(response) && this.#observed?.isBroken()) throw wasReset(this.#address);
    } catch (error) {
      throw this.#explain(error, 'answered');
    } finally {
      this.#release();
    }
  }

  #explain(error: unknown, progress: Progress): UpstreamError {
    return this.#reason ?? explain(error, this.#address, progress);
  }

  #giveUp(reason: UpstreamError): void {
    this.#reason ??= reason;
    this.#release();
    this.#call.abort();
  }

  #release(): void {
    this.#clock.stop();
    this.#signal.removeEventListener('abort', this);
  }
}

/** Whether only the end of the connection ends the answer. Node takes a reset for such an end. */
function isEndless({ headers }: Response): boolean {
  return !headers.has('content-length') && !headers.has('transfer-encoding');
}

function bodyOf(body: string | Uint8Array): string | Buffer {
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
